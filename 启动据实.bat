@echo off
rem Starts the program. ASCII only, and every Chinese word comes from elsewhere: cmd.exe splits the lines of a
rem batch file by the double-byte rules of the system (GBK in China), so that Chinese in UTF-8 swallows line ends
rem after "chcp 65001", while Chinese in GBK is unreadable on any other system. What must be said before there
rem is a Python is UTF-8 text put out by "type"; everything else is said by scripts\start_jushi.py.
setlocal EnableExtensions DisableDelayedExpansion
for /f "tokens=2 delims=:." %%p in ('chcp') do set "OLD_PAGE=%%p"
chcp 65001 >nul
set "PYTHONUTF8=1"
set "HERE=%~dp0"
set "ENOUGH=import sys; sys.exit(not (sys.version_info >= (3, 11) and sys.maxsize > 2**32))"
set "CODE=1"

if not exist "%HERE%scripts\start_jushi.py" (
  type "%HERE%scripts\windows\incomplete.txt" 2>nul || echo scripts\start_jushi.py is missing: copy the whole folder again.
  goto end
)

set "PYTHON="
for %%v in (-3 -3.13 -3.12 -3.11 -3.14) do (
  if not defined PYTHON py %%v -c "%ENOUGH%" >nul 2>nul && set "PYTHON=py %%v"
)
for %%v in (python python3) do (
  if not defined PYTHON %%v -c "%ENOUGH%" >nul 2>nul && set "PYTHON=%%v"
)
if not defined PYTHON (
  type "%HERE%scripts\windows\no_python.txt" 2>nul || echo Python 3.11 or newer, 64 bit, is needed.
  goto end
)

%PYTHON% "%HERE%scripts\start_jushi.py" %*
set "CODE=%ERRORLEVEL%"

:end
if not "%CODE%"=="0" pause
if defined OLD_PAGE chcp %OLD_PAGE% >nul
exit /b %CODE%
