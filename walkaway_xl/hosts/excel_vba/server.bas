Attribute VB_Name = "WalkawayServer"
Option Explicit
Option Private Module

' Starts Python when the first cell asks, and finds it again for the others. The library that does so is
' xlwings' (BSD licence, Zoomer Analytics LLC). What to start stands in this add-in alone: no workbook that
' somebody sent, and no file beside it, can name another Python.

#If Win64 Then
    Private Const LIBRARY As String = "xlwings64-{version}.dll"
    Private Declare PtrSafe Function Activate Lib "xlwings64-{version}.dll" Alias "XLPyDLLActivateAuto" (ByRef Found As Variant, ByVal Command As String, ByVal Mode As Long) As Long
#Else
    Private Const LIBRARY As String = "xlwings32-{version}.dll"
    Private Declare PtrSafe Function Activate Lib "xlwings32-{version}.dll" Alias "XLPyDLLActivateAuto" (ByRef Found As Variant, ByVal Command As String, ByVal Mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibrary Lib "kernel32" Alias "LoadLibraryW" (ByVal Path As LongPtr) As LongPtr

Private Const DONE As Long = 0
Private Const START_OR_FIND As Long = 1
Private Const END_IT As Long = -1
Private Const FAILED As Long = vbObjectError + 513
Private Const DECIMAL_SEPARATOR As Long = 3 ' what Excel tells of its settings
Private Const THOUSANDS_SEPARATOR As Long = 4

Private StartPython As String
Private Starts As Long
Private Answered As Boolean ' whether Python has been there in this session
Private GivenUp As Boolean ' a sheet has many cells, and each would wait as long again
Private Trouble As String

Public Function Server() As Object
    Dim Found As Variant
    If GivenUp Then Err.Raise FAILED, "Walkaway", Trouble
    If StartPython = "" Then Prepare
    If Activate(Found, StartPython & Starts, START_OR_FIND) <> DONE Then
        If Not Answered Then GiveUp CStr(Found)
        Starts = Starts + 1 ' the library would look for a Python that died; under another number it starts one
        If Activate(Found, StartPython & Starts, START_OR_FIND) <> DONE Then GiveUp CStr(Found)
    End If
    Answered = True
    Set Server = Found
End Function

' Ends a Python that does not answer, so that the next question starts another.
Public Sub Recover()
    Dim Unused As Variant
    If StartPython <> "" Then Activate Unused, StartPython & Starts, END_IT
    Starts = Starts + 1
    StartPython = ""
    Answered = False
    GivenUp = False
    Application.StatusBar = False
End Sub

Private Sub Prepare()
    Dim Interpreter As String, Path As String
    Interpreter = Setting("{interpreter}")
    Path = Setting("{folder}") & "\" & LIBRARY
    If Interpreter = "" Then GiveUp "this add-in was not installed on this machine"
    If LoadLibrary(StrPtr(Path)) = 0 Then GiveUp "there is no " & Path & ", as after an upgrade of xlwings"
    StartPython = Replace("{command} ", "{python}", Interpreter) & "{separators}" & Letter(DECIMAL_SEPARATOR) & "," & Letter(THOUSANDS_SEPARATOR) & " "
End Sub

' A letter by its number: a command line would take a space or a quotation mark for its own.
Private Function Letter(ByVal Setting As Long) As String
    Dim Said As String
    Said = Application.International(Setting)
    If Said <> "" Then Letter = CStr(AscW(Said))
End Function

Private Function Setting(ByVal Cell As String) As String
    Setting = ThisWorkbook.Worksheets("{settings}").Range(Cell).Value
End Function

Private Sub GiveUp(ByVal Reason As String)
    GivenUp = True
    Trouble = "Python did not start: " & Reason & vbLf & "Press Recover on the tab Walkaway to try again. In a terminal, walkaway-xl doctor says what helps; walkaway-xl install excel mends most."
    Application.StatusBar = "Walkaway: Python did not start, and no cell waits for it again. Press Recover on the tab Walkaway."
    Err.Raise FAILED, "Walkaway", Trouble
End Sub
