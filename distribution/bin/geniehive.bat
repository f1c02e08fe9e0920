@echo off
rem GenieHive's command. Flags for the JDK go into GENIEHIVE_JAVA_OPTS.
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
"%GENIEHIVE_JAVA%" -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --illegal-native-access=deny --enable-native-access=com.sun.jna,dev.geniehive.kernel,org.xerial.sqlitejdbc "-Dgeniehive.installation=%GENIEHIVE_ROOT%" %GENIEHIVE_JAVA_OPTS% -p "%GENIEHIVE_ROOT%\lib" -m dev.geniehive.cli/dev.geniehive.cli.Main %*
exit /b %ERRORLEVEL%
