package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What falls under a rule because it is called. */
final class CallLook {

    private static final Set<String> HARMLESS_RECEIVERS = Set.of(
            "builtins.print",
            "builtins.hasattr",
            "builtins.isinstance",
            "builtins.dir",
            "builtins.id",
            "builtins.type",
            "builtins.repr",
            "builtins.str",
            "builtins.help",
            "builtins.getattr",
            "builtins.vars",
            "builtins.setattr",
            "builtins.delattr",
            "inspect.getsource",
            "inspect.getmembers",
            "inspect.getfile",
            "inspect.ismodule",
            "importlib.reload",
            "patch.object",
            "unittest.mock.patch.object",
            "mock.patch.object",
            "operator.attrgetter",
            "builtins.len",
            "builtins.bool");

    /** Methods of test tools that put something in a module's place. */
    private static final Set<String> REPLACING = Set.of("setattr", "delattr", "object", "spy", "patch");

    private static final Pattern INSIDES_IN_WORDS = Pattern.compile("__[a-z]{2,20}__|\\.(?:system|popen)\\(");

    private final Meaning meaning;
    private final Findings findings;
    private final Suspects suspects;
    private final CodeTexts texts;
    private final Mentions mentions;
    private final Map<String, Boolean> formats = new HashMap<>();

    CallLook(Meaning meaning, Findings findings, Suspects suspects, CodeTexts texts, Mentions mentions) {
        this.meaning = meaning;
        this.findings = findings;
        this.suspects = suspects;
        this.texts = texts;
        this.mentions = mentions;
    }

    Value call(Expr.Call written, Value function, Env env) {
        Value result = meaning.called(written, function, env);
        mentions.mentioned(result, written.at());
        Expr.Call call = meaning.expanded(written, env);
        for (Value one : Value.each(function)) {
            switch (one) {
                case Value.Symbol(String path) -> symbolCalled(path, call, env);
                case Value.Method(Value of, String name) -> methodCalled(of, name, call, env);
                case Value.Getter(Value name, boolean item) -> getterCalled(name, call, env);
                default -> {}
            }
        }
        if (call.function() instanceof Expr.Attribute(Expr of, String name, int at)) {
            namedMethod(name, call, env);
        }
        if (!isHarmless(call, function)) {
            powerByGetattr(call, env);
        }
        return result;
    }

    /** Whether what it is given stays there. */
    static boolean isHarmless(Expr.Call call, Value function) {
        return switch (function) {
            case Value.Symbol(String path) -> HARMLESS_RECEIVERS.contains(path);
            case Value.Unknown unknown ->
                call.function() instanceof Expr.Attribute(Expr of, String name, int at) && REPLACING.contains(name);
            default -> false;
        };
    }

    private void symbolCalled(String path, Expr.Call call, Env env) {
        Rules.called(path).ifPresent(rule -> findings.report(rule, call.at()));
        if (Rules.OF_MOST_POWER.contains(Paths.moduleOfSome(path))) {
            findings.report(Rule.HIDDEN_NAME, call.at());
        }
        List<String> names = Rules.RUN_TEXTS.get(path);
        if (names != null) {
            runTexts(names, call, env);
        }
        switch (path) {
            case "builtins.getattr", "inspect.getattr_static" -> {
                fetched(argument(call, 0), argument(call, 1), call, env);
                if (argument(call, 0) instanceof Expr.Starred) {
                    suspects.fetched(call.at());
                }
            }
            case "builtins.setattr", "builtins.delattr" -> changed(argument(call, 1), call, env);
            case "builtins.__import__",
                    "importlib.import_module",
                    "importlib.__import__",
                    "importlib._bootstrap._gcd_import",
                    "_frozen_importlib._gcd_import" -> dynamicImport(path, call, env);
            case "doctest.testmod", "doctest.run_docstring_examples", "doctest.DocTestSuite" ->
                texts.examples(call.at());
            case "typing.get_type_hints", "typing_extensions.get_type_hints" -> texts.annotations(call.at());
            case "inspect.signature", "inspect.get_annotations", "inspect.Signature.from_callable" -> {
                if (call.keyword("eval_str") != null
                        && !(keyword(call, "eval_str", env) instanceof Value.Other(String word)
                                && word.equals("False"))) {
                    texts.annotations(call.at());
                }
            }
            case "logging.config.dictConfig", "logging.config.DictConfigurator" -> suspects.readsConfiguration();
            case "webbrowser.get" -> browser(argument(call, 0), call, env);
            case "operator.attrgetter", "operator.methodcaller" -> getterMade(call, env);
            case "yaml.load", "yaml.load_all" -> yaml(call, env);
            case "ruamel.yaml.YAML" -> {
                if (keyword(call, "typ", env) instanceof Value.Text(String type) && type.equals("unsafe")) {
                    findings.report(Rule.YAML, call.at());
                }
            }
            case "numpy.load" -> flagUnlessFalse("allow_pickle", call, env);
            case "torch.load" -> {
                if (!(keyword(call, "weights_only", env) instanceof Value.Other(String word) && word.equals("True"))) {
                    findings.report(Rule.DESERIALISE, call.at(), Confidence.MEDIUM);
                }
            }
            case "pkgutil.resolve_name", "pydoc.locate" -> {
                if (argument(call, 0) == null
                        || !Mentions.isText(meaning.of(call.arguments().getFirst(), env))) {
                    findings.report(Rule.IMPORT_UNKNOWN, call.at());
                }
            }
            default -> {}
        }
    }

    private void methodCalled(Value of, String name, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        switch (name) {
            case "get", "__getitem__", "pop", "setdefault" -> {
                if (first != null) {
                    mentions.hiddenKey(of, meaning.of(first, env), first, call.at());
                }
            }
            case "values", "items", "copy", "popitem" -> {
                if (of instanceof Value.NamesOf(String path) && Rules.OF_MOST_POWER.contains(path)) {
                    findings.report(Rule.HIDDEN_NAME, call.at(), Confidence.MEDIUM);
                }
            }
            case "__getattribute__" -> {
                if (argument(call, 1) != null) {
                    // object.__getattribute__(os, "system"): the object comes first
                    fetched(first, argument(call, 1), call, env);
                } else if (of instanceof Value.Symbol(String path) && first != null) {
                    mentions.fetchedFrom(path, meaning.of(first, env), call.at());
                }
            }
            case "format", "format_map" -> {
                if (of instanceof Value.Text(String text)) {
                    format(text, call.at());
                }
            }
            default -> {}
        }
    }

    /** Methods that give themselves away by their names, whatever they belong to. */
    private void namedMethod(String name, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        Value value = first == null ? Value.UNKNOWN : meaning.of(first, env);
        switch (name) {
            case "load_module", "find_spec", "create_module" -> {
                if (value instanceof Value.Text(String module) && Rules.OF_MOST_POWER.contains(top(module))) {
                    findings.report(Rule.IMPORT, call.at());
                } else if (name.equals("load_module")) {
                    findings.report(Rule.LOADER, call.at(), Confidence.MEDIUM);
                }
            }
            case "format", "vformat", "format_map" -> {
                if (value instanceof Value.Text(String text)) {
                    format(text, call.at());
                }
            }
            case "__getattribute__", "__getattr__" -> {
                for (Expr argument : call.arguments()) {
                    mentions.insidesByText(meaning.of(argument, env), call.at());
                }
                Expr second = argument(call, 1);
                if (second != null) {
                    fetched(first, second, call, env);
                    mentions.mentioned(meaning.fetched(value, meaning.of(second, env)), call.at());
                }
            }
            case "eval", "query", "call" -> {
                if (value instanceof Value.Text(String text)) {
                    ownLanguage(name, text, call.at());
                }
            }
            case "load_extension" -> findings.report(Rule.NATIVE, call.at(), Confidence.MEDIUM);
            case "enable_load_extension" -> findings.report(Rule.NATIVE_MAYBE, call.at());
            case "runcode", "runsource", "runeval", "runctx" ->
                findings.report(Rule.CODE_TEXT, call.at(), Confidence.MEDIUM);
            case "replace" -> {
                if (call.function()
                                instanceof
                                Expr.Attribute(
                                        Expr.Attribute(Expr inner, String code, int innerAt),
                                        String replace,
                                        int at)
                        && code.equals("__code__")) {
                    findings.report(Rule.CODE_OBJECT, call.at());
                }
            }
            default -> {}
        }
    }

    /** Of a table's own words, which reach Python's insides ({@code df.query("@pd.io.os.system(…)")}), and of Tcl's, which start programs. */
    private void ownLanguage(String name, String text, int at) {
        if (name.equals("call") ? text.equals("exec") : text.startsWith("exec ")) {
            findings.report(Rule.PROCESS, at, Confidence.MEDIUM);
        } else if (!name.equals("call") && INSIDES_IN_WORDS.matcher(text).find()) {
            findings.report(Rule.CODE_TEXT, at, Confidence.MEDIUM);
        }
    }

    private void fetched(@Nullable Expr of, @Nullable Expr name, Expr.Call call, Env env) {
        if (of == null || name == null) {
            return;
        }
        Value key = meaning.of(name, env);
        mentions.insidesByText(key, call.at());
        for (Value one : Value.each(meaning.of(of, env))) {
            if (one instanceof Value.Symbol(String path)) {
                mentions.fetchedFrom(path, key, call.at());
            }
        }
    }

    private void changed(@Nullable Expr name, Expr.Call call, Env env) {
        if (name != null
                && meaning.of(name, env) instanceof Value.Text(String attribute)
                && (attribute.equals("__code__") || attribute.equals("__globals__"))) {
            findings.report(Rule.CODE_OBJECT, call.at());
        }
    }

    private void dynamicImport(String path, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        Value name = first != null ? meaning.of(first, env) : keyword(call, "name", env);
        for (Value one : Value.each(name)) {
            if (one instanceof Value.Text(String module)) {
                if (Rules.OF_MOST_POWER.contains(top(module))) {
                    findings.report(Rule.IMPORT, call.at());
                }
            } else {
                boolean assembled = path.equals("builtins.__import__") || !(first instanceof Expr.Name);
                findings.report(
                        assembled && !isDotted(first) ? Rule.IMPORT : Rule.IMPORT_UNKNOWN,
                        call.at(),
                        Confidence.MEDIUM);
            }
        }
    }

    /** {@code f"{package}.{name}"} and the like: how programs load their own plugins. */
    private static boolean isDotted(@Nullable Expr name) {
        return switch (name) {
            case Expr.Formatted formatted -> hasDot(formatted.parts());
            case Expr.Chain chain -> hasDot(chain.operands());
            case Expr.Attribute attribute -> true;
            case null, default -> false;
        };
    }

    private static boolean hasDot(List<Expr> parts) {
        return parts.stream()
                .anyMatch(part -> part instanceof Expr.Constant(Value.Text(String text), int at) && text.contains("."));
    }

    private static String top(String module) {
        if (module.length() > Arithmetic.MOST_TEXT) {
            return "";
        }
        int dot = module.indexOf('.');
        String first = dot < 0 ? module : module.substring(0, dot);
        return Paths.value(first) instanceof Value.Symbol(String path) ? path : first;
    }

    private void getterMade(Expr.Call call, Env env) {
        for (Expr argument : call.arguments()) {
            mentions.insidesByText(meaning.of(argument, env), call.at());
        }
    }

    private void getterCalled(Value name, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        if (first != null) {
            for (Value one : Value.each(meaning.of(first, env))) {
                if (one instanceof Value.Symbol(String path)) {
                    mentions.fetchedFrom(path, name, call.at());
                    // methodcaller("system", "id")(os) calls what it fetches
                }
            }
        }
    }

    private void yaml(Expr.Call call, Env env) {
        Value loader =
                call.arguments().size() > 1 ? meaning.of(call.arguments().get(1), env) : keyword(call, "Loader", env);
        for (Value one : Value.each(loader)) {
            if (!(one instanceof Value.Symbol(String path))) {
                findings.report(Rule.YAML, call.at());
            } else if (path.endsWith("FullLoader")) {
                findings.report(Rule.YAML_FULL, call.at());
            } else if (!path.endsWith("SafeLoader") && !path.endsWith("BaseLoader") || path.endsWith("UnsafeLoader")) {
                findings.report(Rule.YAML, call.at());
            }
        }
    }

    private void flagUnlessFalse(String name, Expr.Call call, Env env) {
        Expr given = call.keyword(name);
        if (given != null && !(meaning.of(given, env) instanceof Value.Other(String word) && word.equals("False"))) {
            findings.report(Rule.DESERIALISE, call.at());
        }
    }

    private void runTexts(List<String> names, Expr.Call call, Env env) {
        for (int i = 0; i < names.size(); i++) {
            Expr text = argument(call, i) != null ? argument(call, i) : call.keyword(names.get(i));
            if (text != null) {
                texts.run(meaning.of(text, env), call.at());
            }
        }
    }

    /** {@code webbrowser.get("command %s")} is a command. */
    private void browser(@Nullable Expr using, Expr.Call call, Env env) {
        Expr named = using == null ? call.keyword("using") : using;
        if (named == null) {
            return;
        }
        for (Value one : Value.each(meaning.of(named, env))) {
            if (!(one instanceof Value.Text(String command)) || command.contains("%s")) {
                findings.report(Rule.PROCESS, call.at(), Confidence.MEDIUM);
            }
        }
    }

    private void format(String text, int at) {
        if (formats.computeIfAbsent(text, FormatFields::reachInside)) {
            findings.report(Rule.FORMAT, at);
        }
    }

    /** {@code partial(getattr, os)}, {@code map(getattr, …)}. */
    private void powerByGetattr(Expr.Call call, Env env) {
        boolean getattr = false;
        boolean power = false;
        for (Expr argument : call.arguments()) {
            Value value = meaning.of(argument, env);
            getattr |= value instanceof Value.Symbol(String path) && path.equals("builtins.getattr");
            power |= value instanceof Value.Symbol(String path) && Rules.OF_MOST_POWER.contains(path);
            power |= value instanceof Value.Items(List<Value> items, long itemsWeight)
                    && items.stream()
                            .anyMatch(item ->
                                    item instanceof Value.Symbol(String path) && Rules.OF_MOST_POWER.contains(path));
        }
        if (getattr && power) {
            findings.report(Rule.HIDDEN_NAME, call.at());
        }
    }

    private Value keyword(Expr.Call call, String name, Env env) {
        Expr value = call.keyword(name);
        return value == null ? Value.UNKNOWN : meaning.of(value, env);
    }

    private static @Nullable Expr argument(Expr.Call call, int i) {
        return i < call.arguments().size() ? call.arguments().get(i) : null;
    }
}
