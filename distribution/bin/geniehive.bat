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
set "GENIEHIVE_HEAP=-Xms64m"
echo " %GENIEHIVE_JAVA_OPTS% " | findstr /c:" -Xm" /c:"HeapSize" /c:"RAMPercentage" >nul && set "GENIEHIVE_HEAP="
if "%~1"=="up" set "GENIEHIVE_OPTS=%GENIEHIVE_HEAP% -XX:MetaspaceSize=128m -XX:StringTableSize=4096"
if "%~1"=="control" set "GENIEHIVE_OPTS=%GENIEHIVE_HEAP% -XX:MetaspaceSize=128m -XX:StringTableSize=4096"
if "%~1"=="agent" set "GENIEHIVE_OPTS=%GENIEHIVE_GC% -Xms16m -Xmx256m -XX:NewRatio=3 -XX:CompileThresholdScaling=3 -XX:StringTableSize=4096"
rem What the JVM works out at each start it can keep: made at the first clean stop, used from then on.
rem A cache that is old or broken is none. Homes with spaces, and those named by --home, start without one.
rem With this guard JDK 25 links no classes ahead. It then keeps more in an archive of classes, which the process writes
rem itself when it stops, than in an AOT cache, which the JVM writes; GENIEHIVE_AOT=full leaves the guard out.
set "GENIEHIVE_GUARD=--illegal-native-access=deny"
set "GENIEHIVE_WRITE=-XX:+RecordDynamicDumpInfo -Dgeniehive.archive="
set "GENIEHIVE_READ=-XX:SharedArchiveFile="
set "GENIEHIVE_MUST=-Xshare:on"
set "GENIEHIVE_CACHE="
if /i "%GENIEHIVE_AOT%"=="off" goto :start
if not "%~1"=="up" if not "%~1"=="control" if not "%~1"=="agent" goto :start
echo " %* %GENIEHIVE_JAVA_OPTS% " | findstr /c:"--home" /c:"-XX:AOT" /c:"-Xshare" /c:"-XX:SharedArchiveFile" /c:"-XX:ArchiveClassesAtExit" /c:"DynamicDumpInfo" /c:"-javaagent" >nul && goto :start
if not defined GENIEHIVE_HOME goto :start
set "GENIEHIVE_AT=%GENIEHIVE_HOME%\cache\%~1"
if not "%GENIEHIVE_AT: =%"=="%GENIEHIVE_AT%" goto :start
if /i not "%GENIEHIVE_AOT%"=="full" goto :kind
set "GENIEHIVE_GUARD="
set "GENIEHIVE_WRITE=-XX:AOTCacheOutput="
set "GENIEHIVE_READ=-XX:AOTCache="
set "GENIEHIVE_MUST=-XX:AOTMode=on"
:kind
rem After an update the old one is of no use: delete the folder, and the next clean stop makes another.
rem JDK 25 makes one now and then that it crashes with, so a new one is tried before it is used.
if not exist "%GENIEHIVE_AT%\up" goto :cached
if not exist "%GENIEHIVE_AT%\new" goto :cached
if exist "%GENIEHIVE_AT%\new.config" goto :cached
set "GENIEHIVE_CACHE=%GENIEHIVE_READ%%GENIEHIVE_AT%\new %GENIEHIVE_MUST% -XX:ErrorFile=%GENIEHIVE_AT%\new.crash"
call :java --version >nul 2>&1 && move /y "%GENIEHIVE_AT%\new" "%GENIEHIVE_AT%\aot" >nul 2>&1
:cached
if exist "%GENIEHIVE_AT%\aot" (
  set "GENIEHIVE_CACHE=%GENIEHIVE_READ%%GENIEHIVE_AT%\aot -Xlog:aot*=off -Xlog:cds*=off"
) else (
  rem The process says in there that it came up, or takes the folder away, and then nothing is kept.
  if exist "%GENIEHIVE_AT%" rmdir /s /q "%GENIEHIVE_AT%" >nul 2>&1
  mkdir "%GENIEHIVE_AT%" >nul 2>&1
  set "GENIEHIVE_CACHE=-Dgeniehive.cache=%GENIEHIVE_AT% %GENIEHIVE_WRITE%%GENIEHIVE_AT%\new -Xlog:aot*=off -Xlog:cds*=off -XX:+DisplayVMOutputToStderr"
)
:start
call :java %*
exit /b %ERRORLEVEL%

:java
"%GENIEHIVE_JAVA%" -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 %GENIEHIVE_GUARD% --enable-native-access=%GENIEHIVE_NATIVE% "-Dgeniehive.installation=%GENIEHIVE_ROOT%" %GENIEHIVE_OPTS% %GENIEHIVE_CACHE% %GENIEHIVE_JAVA_OPTS% -p "%GENIEHIVE_ROOT%\lib" -m dev.geniehive.cli/dev.geniehive.cli.Main %*
exit /b %ERRORLEVEL%
