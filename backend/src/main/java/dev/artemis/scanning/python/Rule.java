package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Severity;
import java.util.HashSet;
import java.util.Set;

/**
 * One rule of the scanner.
 *
 * @param id stable, in reports and allow-lists
 * @param message one line of why
 * @param link the nearest public rule
 */
record Rule(String id, Severity severity, Confidence confidence, String message, String link) {

    private static final Set<String> IDS = new HashSet<>();

    private static final String BANDIT = "https://bandit.readthedocs.io/en/latest/";
    private static final String CWE = "https://cwe.mitre.org/data/definitions/";

    static final Rule EVAL = high(
            "py-eval",
            "Runs text as code (Bandit B307, CWE-95).",
            BANDIT + "blacklists/blacklist_calls.html#b307-eval");
    static final Rule EXEC =
            high("py-exec", "Runs text as code (Bandit B102, CWE-95).", BANDIT + "plugins/b102_exec_used.html");
    static final Rule COMPILE = high("py-compile", "Turns text into code that can be run (CWE-95).", CWE + "95.html");
    static final Rule CODE_TEXT =
            high("py-code-text", "Runs a text as code behind another name (CWE-95).", CWE + "95.html");
    static final Rule SHELL = high(
            "py-shell",
            "Hands a command to a shell (Bandit B605, CWE-78).",
            BANDIT + "plugins/b605_start_process_with_a_shell.html");
    static final Rule PROCESS = high(
            "py-process",
            "Starts another program (Bandit B603 and B606, CWE-78).",
            BANDIT + "plugins/b603_subprocess_without_shell_equals_true.html");
    static final Rule FORK =
            medium("py-fork", "Forks the process, which can multiply without end (CWE-400).", CWE + "400.html");
    static final Rule IMPORT = high(
            "py-import",
            "Imports a module of power under a name that is hidden or made up while running (CWE-470).",
            CWE + "470.html");
    static final Rule IMPORT_UNKNOWN = medium(
            "py-import-unknown",
            "Imports a module whose name is not known before it runs (CWE-470).",
            CWE + "470.html");
    static final Rule HIDDEN_NAME = high(
            "py-hidden-name",
            "Fetches something from a module of power by a name that is made up while running (CWE-470).",
            CWE + "470.html");
    static final Rule SHARED = high(
            "py-star-import",
            "Takes all names of a module of power for other files to import from this one (CWE-470).",
            CWE + "470.html");
    static final Rule BUILTINS =
            high("py-builtins", "Reaches for Python's builtins from behind (CWE-470).", CWE + "470.html");
    static final Rule WALK = high(
            "py-introspection",
            "Walks from an object to the interpreter's insides, the usual way out of a restricted Python (CWE-693).",
            CWE + "693.html");
    static final Rule WALK_MAYBE =
            medium("py-introspection-maybe", "Looks at the interpreter's insides (CWE-693).", CWE + "693.html");
    static final Rule FORMAT = high(
            "py-format", "A format string that reaches into the interpreter's insides (CWE-134).", CWE + "134.html");
    static final Rule CODE_OBJECT =
            high("py-code-object", "Makes or changes a function from a code object (CWE-94).", CWE + "94.html");
    static final Rule PICKLE = high(
            "py-pickle",
            "Unpickling runs code that the data chooses (Bandit B301, CWE-502).",
            BANDIT + "blacklists/blacklist_calls.html#b301-pickle");
    static final Rule MARSHAL = high(
            "py-marshal",
            "Loads code objects from data (Bandit B302, CWE-502).",
            BANDIT + "blacklists/blacklist_calls.html#b302-marshal");
    static final Rule YAML = high(
            "py-yaml",
            "YAML without a safe loader makes any object that the data names (Bandit B506, CWE-502).",
            BANDIT + "plugins/b506_yaml_load.html");
    static final Rule YAML_FULL = medium(
            "py-yaml-full",
            "The full loader of YAML has made objects that the data named before (Bandit B506, CWE-502).",
            BANDIT + "plugins/b506_yaml_load.html");
    static final Rule DESERIALISE = high(
            "py-deserialise", "Loads objects that the data chooses, by way of pickle (CWE-502).", CWE + "502.html");
    static final Rule NATIVE = high("py-native", "Calls native code past Python's rules (CWE-114).", CWE + "114.html");
    static final Rule NATIVE_MAYBE =
            medium("py-native-maybe", "Can call native code past Python's rules (CWE-114).", CWE + "114.html");
    static final Rule LOADER =
            high("py-loader", "Loads and runs code from a file or archive (CWE-94).", CWE + "94.html");
    static final Rule LOADER_MAYBE =
            medium("py-loader-maybe", "Prepares to load code from a file (CWE-94).", CWE + "94.html");
    static final Rule CONSOLE =
            high("py-console", "Opens a Python console, which runs what it is given (CWE-94).", CWE + "94.html");
    static final Rule TERMINAL =
            high("py-terminal", "Starts a program on a terminal of its own (CWE-78).", CWE + "78.html");
    static final Rule ENCODING = high(
            "py-encoding",
            "Declares an encoding that makes Python read another program than is seen (PEP 263, CWE-838).",
            CWE + "838.html");
    static final Rule ENCODING_MAYBE = medium(
            "py-encoding-maybe",
            "Declares an encoding in which some of its characters are others (PEP 263, CWE-838).",
            CWE + "838.html");
    static final Rule BIDI = medium(
            "py-bidi",
            "Holds characters that make its text look otherwise than it runs (CVE-2021-42574, CWE-1007).",
            CWE + "1007.html");
    static final Rule TRACE = medium("py-trace", "Hooks into everything that runs (CWE-693).", CWE + "693.html");
    static final Rule NETWORK = medium(
            "py-network",
            "Talks to the network (Bandit B310, CWE-918).",
            BANDIT + "blacklists/blacklist_calls.html#b310-urllib-urlopen");
    static final Rule DELETE = medium("py-delete-tree", "Deletes a whole folder (CWE-73).", CWE + "73.html");
    static final Rule SIGNAL =
            medium("py-kill", "Sends signals to processes, or changes who it is (CWE-250).", CWE + "250.html");
    static final Rule IMPORT_PROCESS = low(
            "py-import-process",
            "Imports a module that can start programs (Bandit B404).",
            BANDIT + "blacklists/blacklist_imports.html#b404-import-subprocess");
    static final Rule IMPORT_PICKLE = low(
            "py-import-pickle",
            "Imports a module that can unpickle (Bandit B403).",
            BANDIT + "blacklists/blacklist_imports.html#b403-import-pickle");
    static final Rule IMPORT_NATIVE =
            medium("py-import-native", "Imports a module that can call native code (CWE-114).", CWE + "114.html");
    static final Rule TOO_MUCH = high(
            "py-too-much",
            "Takes too many steps to be followed: what cannot be followed is not clean.",
            CWE + "1120.html");

    private static Rule high(String id, String message, String link) {
        return known(new Rule(id, Severity.HIGH, Confidence.HIGH, message, link));
    }

    private static Rule medium(String id, String message, String link) {
        return known(new Rule(id, Severity.MEDIUM, Confidence.MEDIUM, message, link));
    }

    private static Rule low(String id, String message, String link) {
        return known(new Rule(id, Severity.LOW, Confidence.HIGH, message, link));
    }

    private static Rule known(Rule rule) {
        IDS.add(rule.id());
        return rule;
    }

    /** Of all rules there are. */
    static Set<String> ids() {
        return Set.copyOf(IDS);
    }
}
