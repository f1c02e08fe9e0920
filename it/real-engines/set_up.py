#!/usr/bin/env python3
"""Gets what the tests against real engines need, into one folder, and only what is not there yet.

  FOLDER/venv          a virtual environment with OpenAI's SDK and llama-cpp-python's server
  FOLDER/engine        llama.cpp's own llama-server and its libraries, built from what llama-cpp-python's source holds
  FOLDER/tiny.gguf     a model, made by make_tiny_gguf.py

Everything comes through pip, from whatever index pip is set to. Building takes a C++ compiler, CMake and ten minutes
or more the first time. LLAMA_SERVER=/path/to/llama-server takes that program instead and builds nothing; then
llama-cpp-python's server is left out.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import venv

LLAMA_CPP_PYTHON = "0.3.36"
OPENAI = "3.54.0"
HERE = pathlib.Path(__file__).resolve().parent
CONFIGURE = [
    "-DCMAKE_BUILD_TYPE=Release",
    "-DBUILD_SHARED_LIBS=ON",
    "-DGGML_NATIVE=OFF",
    "-DLLAMA_OPENSSL=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_APP=OFF",
    "-DLLAMA_BUILD_UI=OFF",
    "-DLLAMA_USE_PREBUILT_UI=OFF",
]


def fail(sentence):
    sys.exit("set_up.py: " + sentence)


def run(command, otherwise, **options):
    """Runs a command, its output to the end of this one's; says what to do where it fails."""
    try:
        subprocess.run([str(word) for word in command], check=True, **options)
    except (OSError, subprocess.CalledProcessError) as failed:
        fail("%s (%s)" % (otherwise, failed))


def need(programs, why):
    for names in programs:
        if not any(shutil.which(name) for name in names):
            fail("'%s' is not on the PATH. It is needed %s; install it and start again." % (names[0], why))


def python_of(folder):
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(folder):
    python = python_of(folder / "venv")
    if not python.exists():
        try:
            venv.EnvBuilder(with_pip=True).create(folder / "venv")
        except (OSError, subprocess.CalledProcessError, SystemExit) as failed:
            fail("a virtual environment cannot be made; some systems want a package python3-venv (%s)" % failed)
    return python


def install(python, marker, packages, **options):
    """Installs packages once; the marker says that they are there."""
    if marker.exists() and marker.read_text() == "\n".join(packages):
        return
    run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
        "pip cannot install %s. Is there a network, or a package index that pip is set to?" % ", ".join(packages),
        **options,
    )
    marker.write_text("\n".join(packages))


def sources(folder, python):
    """llama.cpp as llama-cpp-python's source distribution carries it."""
    name = "llama_cpp_python-" + LLAMA_CPP_PYTHON
    unpacked = folder / name
    if not unpacked.exists():
        run(
            [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary",
             ":all:", "--dest", folder, "llama-cpp-python==" + LLAMA_CPP_PYTHON],
            "pip cannot download the source of llama-cpp-python. Is there a network?",
        )
        with tarfile.open(folder / (name + ".tar.gz")) as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(folder, filter="data")
            else:
                archive.extractall(folder)
    return unpacked / "vendor" / "llama.cpp"


def server(folder, python):
    """llama.cpp's own server, and the shared libraries that llama-cpp-python can use as well."""
    program = folder / "engine" / "bin" / ("llama-server.exe" if os.name == "nt" else "llama-server")
    if program.exists():
        return
    need([["cmake"], ["c++", "g++", "clang++", "cl"]], "to build llama.cpp")
    source = sources(folder, python)
    print("Building llama.cpp's llama-server. This takes ten minutes or more.", flush=True)
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    run(["cmake", "-S", source, "-B", folder / "engine", *generator, *CONFIGURE], "CMake cannot configure llama.cpp",
        stdout=subprocess.DEVNULL)
    run(["cmake", "--build", folder / "engine", "--config", "Release", "--target", "llama-server", "--parallel",
         os.environ.get("JOBS", str(os.cpu_count() or 2))], "llama.cpp cannot be built; its compiler says why above",
        stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, required=True, metavar="FOLDER", help="below target/, say")
    folder = parser.parse_args().into.resolve()
    if sys.version_info < (3, 9):
        fail("Python 3.9 or newer is needed, this is %d.%d." % sys.version_info[:2])
    folder.mkdir(parents=True, exist_ok=True)
    python = environment(folder)
    install(python, folder / "openai.installed", ["openai==" + OPENAI])
    own = os.environ.get("LLAMA_SERVER")
    if own and not os.access(own, os.X_OK):
        fail("LLAMA_SERVER is '%s', which is no program." % own)
    if not own:
        server(folder, python)
        # Its library is the one built above, so that llama.cpp is compiled once.
        install(python, folder / "llama-cpp-python.installed", ["llama-cpp-python[server]==" + LLAMA_CPP_PYTHON],
                env=dict(os.environ, CMAKE_ARGS="-DLLAMA_BUILD=OFF -DLLAVA_BUILD=OFF"))
    run([sys.executable, HERE / "make_tiny_gguf.py", folder / "tiny.gguf"], "the model cannot be written")


if __name__ == "__main__":
    main()
