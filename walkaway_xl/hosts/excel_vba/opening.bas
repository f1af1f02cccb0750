Option Explicit

' The only code that runs by itself: as this add-in and as each workbook is opened, it is bound (WalkawayBinding).

Private WithEvents Program As Application

Private Sub Workbook_Open()
    Dim Book As Workbook
    Set Program = Application
    For Each Book In Application.Workbooks ' one that was opened before this add-in
        Bind Book
    Next Book
End Sub

Private Sub Program_WorkbookOpen(ByVal Wb As Workbook)
    Bind Wb
End Sub
