Attribute VB_Name = "WalkawayAnswers"
Option Explicit
Option Private Module

' Takes what a formula gives to Python, and the answer back into the cell with true errors.

Public LastTrouble As String ' why the latest #VALUE! of our own came about; the ribbon tells it

Public Function Answer(ByVal Name As String, ByVal Given As Variant) As Variant
    Dim Place As Long, Passed As Variant
    On Error GoTo Failed
    ReDim Passed(LBound(Given) To UBound(Given))
    For Place = LBound(Given) To UBound(Given)
        If IsObject(Given(Place)) Then Passed(Place) = CellsOf(Given(Place)) Else Passed(Place) = Given(Place)
    Next Place
    Answer = WithErrors(Server.CallUDF("{module}", Name, Passed, Nothing, Nothing))
    Exit Function
Failed:
    LastTrouble = Err.Description
    If Name = "{in_words}" Then Answer = LastTrouble Else Answer = CVErr(xlErrValue) ' no sum may take words for an amount
End Function

' Value2 neither rounds currencies nor turns dates into text; of several areas it would be the first alone.
Private Function CellsOf(ByVal Block As Object) As Variant
    If Block.Areas.Count = 1 Then CellsOf = Block.Value2 Else CellsOf = CVErr(xlErrValue)
End Function

Public Function WithErrors(ByVal Shown As Variant) As Variant
    Dim Row As Long, Column As Long
    Select Case Dimensions(Shown)
    Case 0
        Shown = TrueError(Shown)
    Case 1
        For Column = LBound(Shown) To UBound(Shown)
            Shown(Column) = TrueError(Shown(Column))
        Next Column
    Case 2
        For Row = LBound(Shown, 1) To UBound(Shown, 1)
            For Column = LBound(Shown, 2) To UBound(Shown, 2)
                Shown(Row, Column) = TrueError(Shown(Row, Column))
            Next Column
        Next Row
    End Select
    WithErrors = Shown
End Function

Private Function Dimensions(ByVal Shown As Variant) As Long
    Dim Last As Long
    If Not IsArray(Shown) Then Exit Function
    Dimensions = 1
    On Error GoTo Flat
    Last = UBound(Shown, 2)
    Dimensions = 2
Flat:
End Function

' COM cannot bring an error value; Python sends its text. A kind that older Excels cannot show is #VALUE!.
Private Function TrueError(ByVal Cell As Variant) As Variant
    TrueError = Cell
    If VarType(Cell) <> vbString Then Exit Function
    Select Case Cell
    Case "#N/A": TrueError = CVErr(xlErrNA)
    Case "#NUM!": TrueError = CVErr(xlErrNum)
    Case "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#FIELD!", "#CALC!"
        TrueError = CVErr(xlErrValue)
    Case "#DIV/0!": TrueError = CVErr(xlErrDiv0)
    Case "#REF!": TrueError = CVErr(xlErrRef)
    Case "#NAME?": TrueError = CVErr(xlErrName)
    Case "#NULL!": TrueError = CVErr(xlErrNull)
    End Select
End Function
