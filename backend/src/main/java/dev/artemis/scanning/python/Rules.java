package dev.artemis.scanning.python;

import dev.artemis.scanning.Severity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which full names fall under which rule, wherever and however they are mentioned or called. */
final class Rules {

    /** Modules whose power should be used in the open. */
    static final Set<String> OF_POWER = Set.of(
            "os",
            "subprocess",
            "builtins",
            "ctypes",
            "pty",
            "importlib",
            "pickle",
            "marshal",
            "runpy",
            "code",
            "sys",
            "_posixsubprocess",
            "multiprocessing",
            "socket",
            "shutil",
            "types",
            "imp",
            "cffi",
            "pdb");

    /** Those of which a hidden name or import is a sign of ill will. */
    static final Set<String> OF_MOST_POWER = Set.of(
            "os",
            "subprocess",
            "builtins",
            "ctypes",
            "pty",
            "pickle",
            "marshal",
            "runpy",
            "code",
            "_posixsubprocess",
            "imp",
            "cffi");

    /** Attributes that lead from any object to the interpreter's insides. */
    static final Set<String> INSIDES = Set.of(
            "__subclasses__",
            "__globals__",
            "__builtins__",
            "func_globals",
            "f_globals",
            "f_builtins",
            "f_locals",
            "gi_frame",
            "cr_frame",
            "ag_frame",
            "__import__",
            "func_code",
            "im_func",
            "__subclasshook_walk__");

    /** Attributes that may. */
    static final Set<String> MAYBE_INSIDES =
            Set.of("f_back", "tb_frame", "__closure__", "gi_code", "cr_code", "__loader__");

    /** Names that, on an object nobody knows, are what modules of power call their powers, whichever it is. */
    static final Set<String> POWERS = Set.of(
            "system",
            "popen",
            "Popen",
            "check_output",
            "check_call",
            "execv",
            "execve",
            "execl",
            "execlp",
            "execvp",
            "spawnl",
            "spawnv",
            "spawnvp",
            "posix_spawn",
            "getoutput",
            "getstatusoutput",
            "CDLL");

    /** What evaluates the annotations that are texts, of the functions or classes it is given. */
    static final Set<String> EVALUATES_ANNOTATIONS = Set.of(
            "functools.singledispatch",
            "functools.singledispatchmethod",
            "pydantic.BaseModel",
            "pydantic.validate_call",
            "pydantic.dataclasses.dataclass",
            "typeguard.typechecked");

    /** Harmless ones that {@code from module import *} puts in a built-in's place. */
    private static final Set<String> COVERING = Set.of("re.compile");

    private static final Map<String, Rule> MENTIONED = new HashMap<>();
    private static final Map<String, Rule> CALLED = new HashMap<>();
    private static final Map<String, Rule> IMPORTED = new HashMap<>();

    static {
        mentioned(Rule.EVAL, "builtins.eval");
        mentioned(Rule.EXEC, "builtins.exec", "builtins.execfile");
        mentioned(Rule.COMPILE, "builtins.compile");
        mentioned(
                Rule.EVAL,
                "pandas.eval",
                "numexpr.evaluate",
                "numexpr.re_evaluate",
                "sympy.sympify",
                "sympy.parse_expr");
        mentioned(
                Rule.SHELL,
                "os.system",
                "os.popen",
                "os.popen2",
                "os.popen3",
                "os.popen4",
                "platform.popen",
                "subprocess.getoutput",
                "subprocess.getstatusoutput",
                "commands.getoutput",
                "commands.getstatusoutput",
                "popen2.popen2",
                "popen2.popen3",
                "popen2.Popen3",
                "asyncio.create_subprocess_shell",
                "asyncio.subprocess.create_subprocess_shell",
                "subprocess.create_subprocess_shell",
                "os.startfile",
                "pydoc.pipepager",
                "pydoc.tempfilepager",
                "anyio.run_process",
                "anyio.open_process",
                "trio.run_process",
                "trio.lowlevel.open_process");
        mentioned(
                Rule.PROCESS,
                "subprocess.run",
                "subprocess.call",
                "subprocess.check_call",
                "subprocess.check_output",
                "subprocess.create_subprocess_exec",
                "asyncio.create_subprocess_exec",
                "asyncio.subprocess.create_subprocess_exec",
                "os.execl",
                "os.execle",
                "os.execlp",
                "os.execlpe",
                "os.execv",
                "os.execve",
                "os.execvp",
                "os.execvpe",
                "os.spawnl",
                "os.spawnle",
                "os.spawnlp",
                "os.spawnlpe",
                "os.spawnv",
                "os.spawnve",
                "os.spawnvp",
                "os.spawnvpe",
                "os.posix_spawn",
                "os.posix_spawnp",
                "_posixsubprocess.fork_exec",
                "multiprocessing.util.spawnv_passfds",
                "distutils.spawn.spawn",
                "distutils.spawn.find_executable_and_run",
                "sh.Command",
                "sh.bash",
                "sh.sh",
                "pexpect.run",
                "pexpect.runu",
                "invoke.run",
                "fabric.api.local",
                "fabric.api.run",
                "plumbum.local",
                "_winapi.CreateProcess",
                "_xxsubinterpreters.run_string",
                "_interpreters.exec",
                "pip.main",
                "pip._internal.main",
                "delegator.run",
                "envoy.run",
                "http.server.CGIHTTPRequestHandler",
                "ensurepip.bootstrap",
                "venv.create",
                "test.support.script_helper.assert_python_ok",
                "test.support.script_helper.assert_python_failure",
                "test.support.script_helper.run_python_until_end",
                "test.support.script_helper.spawn_python");
        called(Rule.PROCESS, "subprocess.Popen", "pexpect.spawn", "pexpect.popen_spawn.PopenSpawn");
        mentioned(Rule.TERMINAL, "pty.spawn", "pty.fork", "os.forkpty");
        mentioned(Rule.FORK, "os.fork", "os.fork1");
        mentioned(
                Rule.SIGNAL,
                "os.kill",
                "os.killpg",
                "os.setuid",
                "os.setgid",
                "os.seteuid",
                "os.setresuid",
                "os.chroot",
                "os.unshare",
                "os.setns",
                "os.pidfd_open");
        mentioned(
                Rule.PICKLE,
                "pickle.load",
                "pickle.loads",
                "pickle._load",
                "pickle._loads",
                "dill.load",
                "dill.loads",
                "cloudpickle.load",
                "cloudpickle.loads",
                "shelve.open",
                "multiprocessing.reduction.ForkingPickler.loads",
                "jsonpickle.decode",
                "jsonpickle.loads",
                "jsonpickle.unpickler.decode",
                "pandas.read_pickle",
                "pandas.io.pickle.read_pickle",
                "joblib.load",
                "sklearn.externals.joblib.load",
                "compress_pickle.load",
                "compress_pickle.loads");
        called(
                Rule.PICKLE,
                "pickle.Unpickler",
                "pickle._Unpickler",
                "dill.Unpickler",
                "shelve.Unpickler",
                "shelve.Shelf",
                "shelve.DbfilenameShelf",
                "shelve.BsdDbShelf",
                "jsonpickle.Unpickler");
        mentioned(Rule.MARSHAL, "marshal.load", "marshal.loads");
        mentioned(Rule.YAML, "yaml.unsafe_load", "yaml.unsafe_load_all", "yaml.UnsafeLoader", "yaml.CUnsafeLoader");
        mentioned(Rule.YAML_FULL, "yaml.full_load", "yaml.full_load_all");
        mentioned(
                Rule.NATIVE,
                "ctypes.CDLL",
                "ctypes.cdll",
                "ctypes.PyDLL",
                "ctypes.pydll",
                "ctypes.WinDLL",
                "ctypes.windll",
                "ctypes.OleDLL",
                "ctypes.oledll",
                "ctypes.LibraryLoader",
                "ctypes.pythonapi",
                "ctypes.CFUNCTYPE",
                "ctypes.PYFUNCTYPE",
                "ctypes.string_at",
                "ctypes.memmove",
                "ctypes.memset",
                "ctypes.cast",
                "ctypes.dlopen",
                "ctypes.call_function",
                "cffi.FFI",
                "cffi.dlopen",
                "_cffi_backend.FFI",
                "gc.get_objects");
        mentioned(Rule.NATIVE_MAYBE, "ctypes.util.find_library", "gc.get_referrers", "gc.get_referents");
        mentioned(
                Rule.LOADER,
                "runpy.run_path",
                "runpy.run_module",
                "runpy._run_module_code",
                "runpy._run_code",
                "imp.load_source",
                "imp.load_module",
                "imp.load_compiled",
                "imp.load_dynamic",
                "importlib.machinery.SourceFileLoader",
                "importlib.machinery.SourcelessFileLoader",
                "importlib.machinery.ExtensionFileLoader",
                "importlib.machinery.BuiltinImporter",
                "importlib._bootstrap.BuiltinImporter",
                "importlib._bootstrap_external.SourceFileLoader",
                "_frozen_importlib.BuiltinImporter",
                "_imp.create_builtin",
                "_imp.create_dynamic",
                "zipimport.zipimporter");
        mentioned(
                Rule.LOADER_MAYBE,
                "importlib.util.spec_from_file_location",
                "importlib.util.module_from_spec",
                "importlib.util.spec_from_loader",
                "sys.meta_path",
                "sys.path_hooks",
                "pkgutil.get_loader");
        mentioned(
                Rule.CONSOLE,
                "code.interact",
                "code.InteractiveConsole",
                "code.InteractiveInterpreter",
                "code.compile_command",
                "codeop.compile_command",
                "codeop.Compile",
                "codeop.CommandCompiler",
                "IPython.embed",
                "IPython.start_ipython",
                "pdb.set_trace",
                "builtins.breakpoint");
        mentioned(
                Rule.TRACE,
                "sys.settrace",
                "sys.setprofile",
                "threading.settrace",
                "threading.setprofile",
                "sys.addaudithook");
        called(
                Rule.CODE_OBJECT,
                "types.FunctionType",
                "types.LambdaType",
                "types.CodeType",
                "types.MethodType.__func__",
                "new.function",
                "new.code");
        mentioned(Rule.DELETE, "shutil.rmtree", "os.removedirs");
        called(
                Rule.NETWORK,
                "socket.socket",
                "socket.create_connection",
                "urllib.request.urlopen",
                "urllib.request.urlretrieve",
                "urllib.request.Request",
                "urllib2.urlopen",
                "requests.get",
                "requests.post",
                "requests.put",
                "requests.delete",
                "requests.patch",
                "requests.head",
                "requests.request",
                "requests.Session",
                "httpx.get",
                "httpx.post",
                "httpx.Client",
                "httpx.AsyncClient",
                "http.client.HTTPConnection",
                "http.client.HTTPSConnection",
                "ftplib.FTP",
                "telnetlib.Telnet",
                "smtplib.SMTP",
                "paramiko.SSHClient",
                "asyncio.open_connection",
                "aiohttp.ClientSession");
        mentioned(
                Rule.CODE_TEXT,
                "logging.config.listen",
                "logging.config.fileConfig",
                "doctest.testfile",
                "doctest.testsource",
                "doctest.debug",
                "doctest.debug_src",
                "doctest.DocFileSuite",
                "doctest.script_from_examples",
                "typing.ForwardRef._evaluate",
                "annotationlib.call_evaluate_function");
        mentioned(
                Rule.IMPORT,
                "importlib._bootstrap._gcd_import",
                "importlib._bootstrap.__import__",
                "importlib._bootstrap._find_and_load",
                "importlib._bootstrap._load",
                "_frozen_importlib._gcd_import",
                "_frozen_importlib.__import__");
        mentioned(Rule.SHELL, "pipes.Template", "webbrowser.GenericBrowser", "webbrowser.BackgroundBrowser");
        mentioned(Rule.LOADER, "site.addsitedir", "site.addpackage", "site.execsitecustomize");
        POWERS.forEach(name -> mentioned(Rule.HIDDEN_NAME, Paths.SOME + "." + name));
        imported(Rule.IMPORT_PROCESS, "subprocess", "pty", "commands", "popen2", "pexpect", "sh", "plumbum");
        imported(Rule.IMPORT_PICKLE, "pickle", "_pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle");
        imported(Rule.IMPORT_NATIVE, "ctypes", "_ctypes", "cffi", "_posixsubprocess");
    }

    /** Functions that run a text, with the places of their texts among the arguments. */
    static final Map<String, List<String>> RUN_TEXTS = Map.ofEntries(
            Map.entry("timeit.timeit", List.of("stmt", "setup")),
            Map.entry("timeit.repeat", List.of("stmt", "setup")),
            Map.entry("timeit.Timer", List.of("stmt", "setup")),
            Map.entry("cProfile.run", List.of("statement")),
            Map.entry("cProfile.runctx", List.of("statement")),
            Map.entry("profile.run", List.of("statement")),
            Map.entry("profile.runctx", List.of("statement")),
            Map.entry("pdb.run", List.of("statement")),
            Map.entry("pdb.runeval", List.of("expression")),
            Map.entry("bdb.run", List.of("cmd")),
            Map.entry("cProfile.Profile.run", List.of("cmd")),
            Map.entry("cProfile.Profile.runctx", List.of("cmd")),
            Map.entry("profile.Profile.run", List.of("cmd")),
            Map.entry("profile.Profile.runctx", List.of("cmd")),
            Map.entry("pdb.Pdb.run", List.of("cmd")),
            Map.entry("pdb.Pdb.runeval", List.of("expr")),
            Map.entry("bdb.Bdb.run", List.of("cmd")),
            Map.entry("bdb.Bdb.runeval", List.of("expr")),
            Map.entry("typing.ForwardRef", List.of("arg")),
            Map.entry("annotationlib.ForwardRef", List.of("arg")),
            Map.entry("trace.Trace.run", List.of("cmd")),
            Map.entry("trace.Trace.runctx", List.of("cmd")));

    /** The last names of what is of high severity, for a look at a name alone. */
    private static final Set<String> POWER_NAMES = powerNames();

    private Rules() {}

    /** Whether a full name falls under a rule of high severity. */
    static boolean isPower(String path) {
        return isHigh(MENTIONED.get(path)) || isHigh(CALLED.get(path));
    }

    /** Whether some module has a power of that name. */
    static boolean mayBePower(String name) {
        return POWER_NAMES.contains(name) || POWERS.contains(name);
    }

    private static boolean isHigh(@Nullable Rule rule) {
        return rule != null && rule.severity() == Severity.HIGH;
    }

    private static Set<String> powerNames() {
        return Stream.concat(MENTIONED.keySet().stream(), CALLED.keySet().stream())
                .filter(Rules::isPower)
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Optional<Rule> mentioned(String path) {
        return Optional.ofNullable(MENTIONED.get(path));
    }

    static Optional<Rule> called(String path) {
        return Optional.ofNullable(CALLED.get(path));
    }

    static Optional<Rule> imported(String path) {
        int dot = path.indexOf('.');
        return Optional.ofNullable(IMPORTED.get(dot < 0 ? path : path.substring(0, dot)));
    }

    /** Whether a name that came by {@code from module import *} matters. */
    static boolean knows(String path) {
        return MENTIONED.containsKey(path)
                || CALLED.containsKey(path)
                || RUN_TEXTS.containsKey(path)
                || path.equals("yaml.load")
                || path.equals("importlib.import_module")
                || path.startsWith("operator.")
                || EVALUATES_ANNOTATIONS.contains(path)
                || OF_POWER.contains(path)
                || COVERING.contains(path);
    }

    private static void mentioned(Rule rule, String... paths) {
        Arrays.stream(paths).forEach(path -> MENTIONED.put(path, rule));
    }

    private static void called(Rule rule, String... paths) {
        Arrays.stream(paths).forEach(path -> CALLED.put(path, rule));
    }

    private static void imported(Rule rule, String... modules) {
        Arrays.stream(modules).forEach(module -> IMPORTED.put(module, rule));
    }
}
