"""What stands in for the programs around a host, so that its tests run anywhere."""
