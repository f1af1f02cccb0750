"""The words at the head of a column, and what they mean: in six languages and three kinds of exports."""

from collections.abc import Mapping

# English, German, French, Spanish, Italian, Portuguese, then SAP, Salesforce and Dynamics. A word
# that could mean two things is in `OPEN`. Case, spaces, accents and punctuation do not matter.
NUMBERS: Mapping[str, str] = {
    "list_price": """
        list | list price | unit list price | list price per unit | list unit price
        | catalogue price | catalog price
        | gross price | gross unit price | price list price | rate card price
        | Listenpreis | Listenpreis je Einheit | Katalogpreis | Bruttopreis | Bruttolistenpreis | Listen-VK
        | prix catalogue | prix liste | prix de liste | prix tarif | tarif | prix brut | prix public
        | prix unitaire brut
        | precio de lista | precio lista | precio de catálogo | precio de tarifa | tarifa | precio bruto
        | prezzo di listino | prezzo listino | listino | prezzo lordo
        | preço de tabela | preço tabela | preço de lista | preço bruto
        | PR00 | PPR0 | list price amount | ListPrice | price level amount
    """,
    "net_price": """
        net price | net unit price | unit net price | net price per unit | discounted price | invoice price
        | price after discount | agreed price
        | Nettopreis | Netto-Preis | Netto-VK | Nettopreis je Einheit | Netto-Einzelpreis | Einzelpreis netto
        | prix net | prix net unitaire | prix unitaire net | PU net | prix remisé
        | precio neto | precio neto unitario | precio unitario neto | precio con descuento
        | prezzo netto | prezzo unitario netto | prezzo netto unitario | prezzo scontato
        | preço líquido | preço unitário líquido | preço líquido unitário | preço com desconto
        | NETPR | net price of item
    """,
    "discount": """
        total discount | discount % | % discount | disc % | disc. % | discount pct | discount percent
        | discount percentage | discount rate | discount in %
        | Rabatt | Rabatt % | Rabatt in % | Rabattsatz | Rabatt Prozent | Nachlass | Nachlass %
        | remise | remise % | remise en % | taux de remise | % remise | rabais
        | descuento | descuento % | % descuento | dto | dto % | % dto | porcentaje de descuento
        | sconto | sconto % | % sconto | percentuale sconto
        | desconto | desconto % | % desconto | percentual de desconto
        | K007 | discount percentage of line
    """,
    "unit_discount": """
        discount amount per unit | discount per unit | unit discount | unit discount amount
        | Rabatt je Einheit | Rabatt pro Stück | Rabattbetrag je Einheit
        | remise unitaire | remise par unité
        | descuento unitario | descuento por unidad
        | sconto unitario
        | desconto unitário | desconto por unidade
        | VolumeDiscountAmount | volume discount | volume discount amount
    """,
    "cost": """
        unit cost | cost price | standard cost | variable cost | cost per unit | cost of one unit
        | landed unit cost
        | Kosten | Stückkosten | Kosten je Einheit | Einstandspreis | Selbstkosten | Selbstkostenpreis
        | Herstellkosten | Herstellungskosten | Standardpreis | EK | EK-Preis | Einkaufspreis
        | coût | coût unitaire | prix de revient | prix de revient unitaire | coût standard | prix d'achat
        | coste | coste unitario | costo | costo unitario | precio de coste | precio de costo
        | costo standard | prezzo di costo | prezzo d'acquisto
        | custo | custo unitário | preço de custo | custo padrão
        | VPRS | STPRS | moving average price | current cost | standard cost price
    """,
    "quantity": """
        qty | units | quantity ordered | order qty | quantity sold
        | Menge | Anzahl | Stückzahl | Stück | Auftragsmenge | Bestellmenge | Absatzmenge
        | quantité | qté | nombre | quantité commandée
        | cantidad | cant | cantidad pedida | unidades
        | quantità | qtà | quantità ordinata
        | quantidade | qtd | qtde
        | KWMENG | FKIMG | order quantity | billed quantity | target quantity | KLMENG
    """,
    "terms_days": """
        terms | payment terms | payment days | terms, days | days net
        | Zahlungsziel | Zahlungsziel Tage | Zahlungsfrist | Zahlungsziel in Tagen
        | délai de paiement | jours de paiement | plazo de pago | días de pago
        | termini di pagamento | giorni di pagamento | prazo de pagamento | dias de pagamento
    """,
    "list_value": """
        list value | list amount | gross value | gross amount | gross sales | extended list price
        | list revenue
        | list total | extended list
        | Listenwert | Bruttowert | Bruttobetrag | Bruttoumsatz | Listenumsatz
        | montant brut | valeur brute | importe bruto | valor bruto | importo lordo | valore lordo
        | KZWI1 | subtotal 1 | base amount | BaseAmount
    """,
    "net_value": """
        net value | net amount | net sales | net revenue | revenue | sales | turnover | extended price
        | extended net price | extended amount | line total | line amount | line value | net total
        | Nettowert | Nettobetrag | Nettoumsatz | Umsatz | Positionswert | Zeilenbetrag | Gesamtpreis
        | montant net | montant HT | total HT | valeur nette | chiffre d'affaires
        | importe neto | valor neto | ventas | total línea | importe línea
        | importo netto | valore netto | fatturato | totale riga
        | valor líquido | valor líquido total | faturamento | receita | total da linha
        | NETWR | net value of item | total price | TotalPrice | ExtendedAmount
    """,
    "discount_value": """
        discount value | total discount amount | discount total | extended discount
        | Rabattwert | Rabatt gesamt
        | importe total descuento | valore sconto totale
        | ManualDiscountAmount | manual discount | manual discount amount
    """,
    "cost_value": """
        total cost | extended cost | cost amount | cost value | line cost | cost of sales | cost of goods sold
        | COGS
        | Gesamtkosten | Kosten gesamt | Wareneinsatz | Kostenwert | Einstandswert
        | coût total | montant du coût | coste total | costo total | importe coste
        | costo totale | valore costo | custo total | valor do custo
        | WAVWR | cost in document currency | cost in doc. currency
    """,
    "margin_share": """
        gross margin % | gross margin pct | margin % | % margin | margin pct | margin percent
        | margin rate | GM % | gross profit %
        | Marge % | Marge in % | Handelsspanne | Handelsspanne % | Bruttomarge % | Rohmarge %
        | taux de marge | taux de marque | marge en % | margen % | margen bruto %
        | margine % | margine lordo % | margem % | margem bruta %
    """,
    "markup": """
        mark-up | mark up | markup % | mark-up % | markup on cost | cost markup
        | Aufschlag | Aufschlag % | Kalkulationsaufschlag | Handelsaufschlag
        | coefficient de marge % | taux de majoration | recargo | recargo % | ricarico | ricarico %
        | markup custo | margem sobre custo
    """,
    "unit_profit": """
        unit margin | profit per unit | margin per unit | margin amount per unit
        | Rohertrag je Einheit | Stückdeckungsbeitrag | marge unitaire | margen unitario | margine unitario
        | margem unitária
    """,
    "profit_value": """
        profit | gross profit | margin amount | margin value | gross margin amount
        | line profit | total profit
        | Rohertrag | Rohgewinn | Deckungsbeitrag | Marge Betrag
        | marge brute | bénéfice | beneficio | utile | utile lordo | lucro | lucro bruto
    """,
}
WORDS: Mapping[str, str] = {
    "class": """
        product class | category | product category | product group | product family
        | Klasse | Kategorie | Warengruppe | Produktgruppe | Artikelgruppe | Produktkategorie
        | catégorie | famille | famille de produits | famille produit | groupe de produits
        | categoría | familia | familia de productos | grupo de productos
        | categoria | famiglia | famiglia prodotti | categoria prodotto | gruppo merceologico
        | família | família de produtos | categoria de produto | grupo de produtos
        | MATKL | material group | matl group | ProductFamily | product: product family
    """,
    "currency": """
        currency code | currency iso code | curr | ccy | document currency | transaction currency
        | Währung | Währg | Belegwährung | devise | monnaie | moneda | divisa | valuta | moeda
        | WAERK | WAERS | SD document currency | CurrencyIsoCode | TransactionCurrencyId
    """,
    "kind": """
        document type | doc type | doc. type | transaction type | record type | invoice type
        | Belegart | Vorgangsart | Dokumentart | Auftragsart | type de document | type de pièce
        | tipo de documento | tipo documento | tipo de transacción
        | AUART | FKART | sales document type | billing type | VBTYP
    """,
    "date": """
        order date | quote date | document date | invoice date | posting date
        | Datum | Auftragsdatum | Bestelldatum | Belegdatum | Rechnungsdatum | Angebotsdatum
        | date de commande | date de facture | fecha | fecha de pedido | fecha de factura
        | data ordine | data fattura | data do pedido | data da fatura
        | AUDAT | FKDAT | BUDAT | close date
    """,
}
# The first that is there.
LABELS = """
    product | product name | description | item | sku | article | item description | product description
    | Produkt | Artikel | Bezeichnung | Artikelbezeichnung | Materialkurztext | Artikelnummer
    | produit | désignation | libellé | référence | producto | descripción | artículo
    | prodotto | descrizione | articolo | produto | descrição | artigo
    | material description | material | MAKTX | ARKTX | MATNR | product: product name | existing product
"""
# Words that mean one thing in one file and another in the next. They are asked about where they could help.
OPEN: Mapping[str, str] = {
    "price | unit price | price per unit | sales price | selling price | rate": "list_price net_price",
    "Preis | Einzelpreis | Stückpreis | VK | VK-Preis | Verkaufspreis": "list_price net_price",
    "prix | prix unitaire | PU | PUHT | prix de vente": "list_price net_price",
    "precio | precio unitario | precio de venta | prezzo | prezzo unitario": "list_price net_price",
    "prezzo di vendita | preço | preço unitário | preço de venda": "list_price net_price",
    "net | netto | neto": "net_price net_value",
    "amount | value | total | subtotal | Betrag | Wert | Summe | montant | valeur": "net_value list_value",
    "importe | valor | importo | valore | totale | condition value | total amount": "net_value list_value",
    "discount amount | Rabattbetrag | montant remise | montant de la remise": "unit_discount discount_value",
    "importe descuento | importe de descuento | importo sconto": "unit_discount discount_value",
    "valor do desconto | valor desconto": "unit_discount discount_value",
    "discounts | disc | reduction | rebate | allowance": "discount unit_discount discount_value",
    "margin | gross margin | Marge | Bruttomarge | margen": "margin_share unit_profit profit_value",
    "margen bruto | margine | margine lordo": "margin_share unit_profit profit_value",
    "margem | margem bruta | GM": "margin_share unit_profit profit_value",
    "costs | cogs per line | Einstand": "cost cost_value",
}


def split(words: str) -> list[str]:
    """The words of a list that stand between strokes."""
    return [word.strip() for word in words.replace("\n", " ").split("|") if word.strip()]
