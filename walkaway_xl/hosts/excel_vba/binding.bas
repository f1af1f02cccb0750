Attribute VB_Name = "WalkawayBinding"
Option Explicit
Option Private Module

' Lets a workbook that was made elsewhere call this add-in. Excel keeps the path of another user's add-in as a
' link, and does not find a function that it met before the add-in was there until its cell is entered again.

Private Const LINKED_WORKBOOKS As Long = 1
Private Const SHEET_RIGHTS As Long = 11

Public Function Binds() As Boolean
    Binds = GetSetting("{file}", "Binding", "OnOpening", "1") <> "0"
End Function

Public Sub SwitchBinding()
    SaveSetting "{file}", "Binding", "OnOpening", IIf(Binds, "0", "1")
End Sub

Public Sub Bind(ByVal Book As Object)
    Dim Sheet As Object, WasSaved As Boolean, HadEvents As Boolean
    If Book.IsAddin Then Exit Sub
    If Not Binds Then Exit Sub
    HadEvents = Application.EnableEvents
    WasSaved = Book.Saved
    On Error GoTo Done
    Application.EnableEvents = False
    RedirectLinks Book
    For Each Sheet In Book.Worksheets
        BindSheet Sheet
    Next Sheet
Done:
    Application.EnableEvents = HadEvents
    If WasSaved Then Book.Saved = True ' what its reader did not change is not asked about on closing
End Sub

Private Sub RedirectLinks(ByVal Book As Object)
    Dim Links As Variant, Place As Long
    Links = Book.LinkSources(LINKED_WORKBOOKS)
    If IsEmpty(Links) Then Exit Sub
    On Error Resume Next ' as where a sheet is protected with a password
    For Place = LBound(Links) To UBound(Links)
        If IsOurs(Links(Place)) Then Book.ChangeLink Links(Place), ThisWorkbook.FullName, LINKED_WORKBOOKS
    Next Place
End Sub

Private Function IsOurs(ByVal Path As String) As Boolean
    If LCase$(Right$(Path, Len("\{file}"))) <> "\{file}" And LCase$(Right$(Path, Len("/{file}"))) <> "/{file}" Then Exit Function
    IsOurs = LCase$(Path) <> LCase$(ThisWorkbook.FullName)
End Function

Private Sub BindSheet(ByVal Sheet As Object)
    Dim Unbound As Collection, Cell As Variant, Rights As Variant, Drawings As Boolean, Scenarios As Boolean, Selectable As Long
    Set Unbound = UnboundCells(Sheet)
    If Unbound.Count = 0 Then Exit Sub
    If Not Sheet.ProtectContents Then
        For Each Cell In Unbound
            EnterAgain Cell
        Next Cell
        Exit Sub
    End If
    Rights = RightsOn(Sheet.Protection)
    Drawings = Sheet.ProtectDrawingObjects
    Scenarios = Sheet.ProtectScenarios
    Selectable = Sheet.EnableSelection
    On Error Resume Next
    Sheet.Unprotect "" ' without the empty text Excel would ask for a password
    On Error GoTo 0
    If Sheet.ProtectContents Then Exit Sub ' it has a password
    For Each Cell In Unbound
        EnterAgain Cell
    Next Cell
    Sheet.Protect "", Drawings, True, Scenarios, False, Rights(1), Rights(2), Rights(3), Rights(4), Rights(5), Rights(6), Rights(7), Rights(8), Rights(9), Rights(10), Rights(11)
    Sheet.EnableSelection = Selectable
End Sub

' In the order in which Protect takes them.
Private Function RightsOn(ByVal Protection As Object) As Variant
    Dim Rights(1 To SHEET_RIGHTS) As Boolean
    Rights(1) = Protection.AllowFormattingCells
    Rights(2) = Protection.AllowFormattingColumns
    Rights(3) = Protection.AllowFormattingRows
    Rights(4) = Protection.AllowInsertingColumns
    Rights(5) = Protection.AllowInsertingRows
    Rights(6) = Protection.AllowInsertingHyperlinks
    Rights(7) = Protection.AllowDeletingColumns
    Rights(8) = Protection.AllowDeletingRows
    Rights(9) = Protection.AllowSorting
    Rights(10) = Protection.AllowFiltering
    Rights(11) = Protection.AllowUsingPivotTables
    RightsOn = Rights
End Function

' The formulas are read at once, and single cells only where one of our names stands in them.
Private Function UnboundCells(ByVal Sheet As Object) As Collection
    Dim Block As Object, Formulas As Variant, Row As Long, Column As Long
    Set UnboundCells = New Collection
    Set Block = Sheet.UsedRange
    Formulas = Block.Formula
    If Not IsArray(Formulas) Then
        If IsUnbound(Formulas, Block) Then UnboundCells.Add Block
        Exit Function
    End If
    For Row = LBound(Formulas, 1) To UBound(Formulas, 1)
        For Column = LBound(Formulas, 2) To UBound(Formulas, 2)
            If CallsUs(Formulas(Row, Column)) Then
                If IsUnbound(Formulas(Row, Column), Block.Cells(Row, Column)) Then UnboundCells.Add Block.Cells(Row, Column)
            End If
        Next Column
    Next Row
End Function

' IFERROR may stand around a function that was not found, so that its cell shows no error.
Private Function IsUnbound(ByVal Formula As String, ByVal Cell As Object) As Boolean
    If Not CallsUs(Formula) Then Exit Function
    IsUnbound = InStr(1, Formula, "{file}", vbTextCompare) > 0 Or InStr(1, Formula, "IFERROR(", vbTextCompare) > 0
    If IsUnbound Then Exit Function
    If Not IsError(Cell.Value2) Then Exit Function
    Select Case Cell.Value2
    Case CVErr(xlErrName): IsUnbound = True
    End Select
End Function

Private Function CallsUs(ByVal Formula As String) As Boolean
    Dim Name As Variant
    If Left$(Formula, 1) <> "=" Then Exit Function
    If InStr(Formula, "_") = 0 Then Exit Function ' every name of ours has one
    For Each Name In OurNames()
        If InStr(1, Formula, Name & "(", vbTextCompare) > 0 Then
            CallsUs = True
            Exit Function
        End If
    Next Name
End Function

Private Sub EnterAgain(ByVal Cell As Object)
    Dim Formula As String, Spilled As Boolean
    On Error Resume Next ' a cell that does not take its formula keeps what it shows
    If Cell.HasArray Then
        If Cell.Address = Cell.CurrentArray.Cells(1, 1).Address Then Cell.CurrentArray.FormulaArray = WithoutPath(Cell.Formula)
        Exit Sub
    End If
    Spilled = Cell.HasSpill ' an Excel without dynamic arrays has neither
    If Spilled Then Spilled = Cell.SpillParent.Address <> Cell.Address
    If Spilled Then Exit Sub
    Err.Clear
    Formula = Cell.Formula2
    If Err.Number = 0 Then
        Cell.Formula2 = WithoutPath(Formula)
    Else
        Cell.Formula = WithoutPath(Cell.Formula)
    End If
End Sub

' Without '...\{file}'! or {file}! before its name, a function is this add-in's.
Private Function WithoutPath(ByVal Formula As String) As String
    Dim Last As Long, First As Long, Quote As String
    Last = InStr(1, Formula, "{file}", vbTextCompare)
    Do While Last > 0
        First = Last + Len("{file}")
        If Mid$(Formula, First, 1) = "]" Then First = First + 1
        Quote = Mid$(Formula, First, 1)
        If Quote = "'" Then
            Last = InStrRev(Formula, "'", Last)
            Do While Last > 2
                If Mid$(Formula, Last - 1, 1) <> "'" Then Exit Do
                Last = InStrRev(Formula, "'", Last - 2) ' an apostrophe inside a path stands twice
            Loop
            First = First + 1
        ElseIf Mid$(Formula, Last - 1, 1) = "[" Then
            Last = Last - 1
        End If
        If Mid$(Formula, First, 1) <> "!" Or Last = 0 Then Exit Do ' a text that speaks of the file
        Formula = Left$(Formula, Last - 1) & Mid$(Formula, First + 1)
        Last = InStr(1, Formula, "{file}", vbTextCompare)
    Loop
    WithoutPath = Formula
End Function

Private Function OurNames() As Variant
    OurNames = Array({names})
End Function
