Attribute VB_Name = "WalkawayButtons"
Option Explicit

' The ribbon's buttons: each hands over to Python, and shows what Python says.

' VBA's own MsgBox has no letters beyond those of Windows' language, as the minus sign of an equation.
Private Declare PtrSafe Function MessageBox Lib "user32" Alias "MessageBoxW" (ByVal Owner As LongPtr, ByVal Said As LongPtr, ByVal Title As LongPtr, ByVal Kind As Long) As Long

Private Const TITLE As String = "Walkaway"
Private Const FORMULA As Long = 0 ' the kind of input that Excel takes after the sign of equality
Private Const WORDS As Long = 2 ' and the kind that stays what was typed
Private Const DECIMAL_SEPARATOR As Long = 3 ' what Excel tells of its settings
Private Const THOUSANDS_SEPARATOR As Long = 4

Public Sub WalkawayNew(Control As IRibbonControl, Id As String, Index As Integer)
    Press "new_workbook", Id
End Sub

Public Sub WalkawayLog(Control As IRibbonControl)
    Dim Outcome As Variant, Lesson As Variant
    Outcome = Application.InputBox("How did the talks end? Type theirs or ours for a deal at that latest offer, the price of the deal, or no deal.", TITLE, Type:=WORDS)
    If VarType(Outcome) = vbBoolean Then Exit Sub
    Lesson = Application.InputBox("What do you do differently next time? One sentence.", TITLE, Type:=WORDS)
    If VarType(Lesson) = vbBoolean Then Exit Sub
    Press "log_deal", Outcome, Lesson, Separators
End Sub

Public Sub WalkawayCheck(Control As IRibbonControl)
    Dim Limit As Variant
    Limit = Application.InputBox("Your walk-away price: type it, or click on the cell that holds it.", TITLE, Type:=FORMULA)
    If VarType(Limit) = vbBoolean Then Exit Sub ' somebody changed their mind
    ' What was typed is in the person's own spelling, so Python must know it.
    Press "check_offers", Mid$(Limit, 2), Control.Tag, Separators
End Sub

Public Sub WalkawayExplain(Control As IRibbonControl)
    Dim Trouble As String
    Trouble = LastTrouble
    LastTrouble = ""
    Press "explain_cell", Trouble
End Sub

Public Sub WalkawayInsert(Control As IRibbonControl)
    Press "insert_function", Control.Tag
End Sub

' A cell that failed keeps its error until it is calculated anew, and nothing in it has changed.
Public Sub WalkawayRecover(Control As IRibbonControl)
    Recover
    Application.CalculateFull
End Sub

Public Sub WalkawayLinks(Control As IRibbonControl)
    SwitchBinding
    If Binds Then
        Tell "Workbooks are bound to this add-in as they are opened, from now on.", vbInformation
    Else
        Tell "Workbooks stay as they are when they are opened, from now on.", vbInformation
    End If
End Sub

Public Sub WalkawayHelp(Control As IRibbonControl)
    Press "show_help", ""
End Sub

Public Sub WalkawayDoctor(Control As IRibbonControl)
    Press "ask_doctor", ""
End Sub

Private Sub Press(ByVal Button As String, ByVal First As String, Optional ByVal Second As Variant, Optional ByVal Third As Variant)
    Dim Python As Object, Given As Object, Said As String
    On Error GoTo Failed
    Set Python = Server
    If IsMissing(Second) Then
        Set Given = Python.Tuple(Application, First)
    Else
        Set Given = Python.Tuple(Application, First, Second, Third)
    End If
    Said = Python.Str(Python.Call(Python.Module("{module}"), Button, Given))
    If Said <> "" Then Tell Said, vbInformation
    Exit Sub
Failed:
    Tell Err.Description, vbExclamation
End Sub

Private Function Separators() As String
    Separators = Application.International(DECIMAL_SEPARATOR) & Application.International(THOUSANDS_SEPARATOR)
End Function

Private Sub Tell(ByVal Said As String, ByVal Kind As Long)
    MessageBox Application.Hwnd, StrPtr(Said), StrPtr(TITLE), Kind
End Sub
