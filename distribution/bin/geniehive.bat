@echo off
rem GenieHive's command. Flags for the JDK go into GENIEHIVE_JAVA_OPTS and count last.
setlocal
set "GENIEHIVE_ROOT=%~dp0.."
set "GENIEHIVE_JAVA=java"
if defined JAVA_HOME set "GENIEHIVE_JAVA=%JAVA_HOME%\bin\java"
if defined GENIEHIVE_JAVA_HOME set "GENIEHIVE_JAVA=%GENIEHIVE_JAVA_HOME%\bin\java"
"%GENIEHIVE_JAVA%" --version >nul 2>&1
if errorlevel 1 (
  echo GenieHive needs a JDK 25 or newer. Get one from https://adoptium.net and point GENIEHIVE_JAVA_HOME at it. 1>&2
  exit /b 78
)
rem Java warns of a module that may call native code and is not there, so only those that are here are named.
set "GENIEHIVE_NATIVE=dev.geniehive.kernel"
if exist "%GENIEHIVE_ROOT%\lib\sqlite-jdbc-*.jar" set "GENIEHIVE_NATIVE=%GENIEHIVE_NATIVE%,org.xerial.sqlitejdbc"
if exist "%GENIEHIVE_ROOT%\lib\jna-jpms-5*.jar" set "GENIEHIVE_NATIVE=%GENIEHIVE_NATIVE%,com.sun.jna"
rem Control planes want throughput, agents little memory beside the engines, everything else a quick start.
set "GENIEHIVE_GC=-XX:+UseSerialGC"
echo " %GENIEHIVE_JAVA_OPTS% " | findstr /r /c:" -XX:+Use[A-Za-z0-9]*GC " >nul && set "GENIEHIVE_GC="
set "GENIEHIVE_OPTS=%GENIEHIVE_GC% -XX:TieredStopAtLevel=1"
if "%~1"=="up" set "GENIEHIVE_OPTS="
if "%~1"=="control" set "GENIEHIVE_OPTS="
if "%~1"=="agent" set "GENIEHIVE_OPTS=%GENIEHIVE_GC% -Xmx256m"
"%GENIEHIVE_JAVA%" -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --illegal-native-access=deny --enable-native-access=%GENIEHIVE_NATIVE% "-Dgeniehive.installation=%GENIEHIVE_ROOT%" %GENIEHIVE_OPTS% %GENIEHIVE_JAVA_OPTS% -p "%GENIEHIVE_ROOT%\lib" -m dev.geniehive.cli/dev.geniehive.cli.Main %*
exit /b %ERRORLEVEL%
