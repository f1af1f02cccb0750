Attribute VB_Name = "WalkawayButtons"
Option Explicit

' The ribbon's buttons: each hands over to Python, and shows what Python says.

Private Const TITLE As String = "Walkaway"

Public Sub WalkawayNew(ByVal Control As IRibbonControl, ByVal Id As String, ByVal Index As Integer)
    Press "new_workbook", Id
End Sub

Public Sub WalkawayCheck(ByVal Control As IRibbonControl)
    Press "check_offers", ""
End Sub

Public Sub WalkawayExplain(ByVal Control As IRibbonControl)
    Press "explain_cell", LastTrouble
End Sub

Public Sub WalkawayHelp(ByVal Control As IRibbonControl)
    Press "show_help", ""
End Sub

Public Sub WalkawayDoctor(ByVal Control As IRibbonControl)
    Press "ask_doctor", ""
End Sub

Private Sub Press(ByVal Button As String, ByVal Word As String)
    Dim Python As Object, Said As String
    On Error GoTo Failed
    Set Python = Server
    Said = Python.Str(Python.Call(Python.Module("{module}"), Button, Python.Tuple(Application, Word)))
    If Said <> "" Then MsgBox Said, vbInformation, TITLE
    Exit Sub
Failed:
    MsgBox Err.Description, vbExclamation, TITLE
End Sub
