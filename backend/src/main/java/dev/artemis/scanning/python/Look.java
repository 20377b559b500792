package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks every expression of a program and says what falls under a rule. */
final class Look {

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

    private final Meaning meaning;
    private final Effort effort;
    private final Findings findings;
    private final Suspects suspects;
    private final CodeTexts texts;
    private final Map<String, Boolean> formats = new HashMap<>();

    Look(Meaning meaning, Effort effort, Findings findings, CodeTexts texts) {
        this.meaning = meaning;
        this.effort = effort;
        this.findings = findings;
        this.suspects = new Suspects(findings);
        this.texts = texts;
    }

    void at(Program program) {
        for (Program.Use use : program.uses()) {
            Value value;
            if (use.expr() instanceof Expr.Constant(Value.Symbol(String path), int at)) {
                imported(path, at);
                value = Paths.value(path);
            } else {
                value = visit(use.expr(), Env.of(use.scope()));
            }
            if (use.fate() == Program.Fate.LEAVES) {
                suspects.given(value);
            }
        }
        suspects.judge();
        if (effort.isSpent()) {
            findings.reportFirst(Rule.TOO_MUCH);
        }
    }

    private void report(Rule rule, int at) {
        findings.report(rule, at);
    }

    private void report(Rule rule, int at, Confidence confidence) {
        findings.report(rule, at, confidence);
    }

    private void imported(String path, int at) {
        Rules.imported(path).ifPresent(rule -> report(rule, at));
        if (Paths.value(path) instanceof Value.Symbol(String canonical)) {
            Rules.mentioned(canonical).ifPresent(rule -> report(rule, at));
        }
    }

    // -- the walk

    /** Answers what the expression is, so that what it is a part of need not ask again. */
    private Value visit(Expr expr, Env env) {
        if (!effort.step()) {
            return Value.UNKNOWN;
        }
        switch (expr) {
            case Expr.Name name -> {
                return mention(name, env);
            }
            case Expr.Attribute attribute -> {
                return attribute(attribute, visit(attribute.of(), env));
            }
            case Expr.Index index -> {
                return index(index, visit(index.of(), env), visit(index.key(), env), env);
            }
            case Expr.Call call -> {
                Value function = isImport(call.function(), env)
                        ? new Value.Symbol("builtins.__import__")
                        : visit(call.function(), env);
                boolean away = !isHarmless(call, function);
                for (int i = 0; i < call.arguments().size(); i++) {
                    Value argument = visit(call.arguments().get(i), env);
                    if (away || (i > 1 && isSetter(function))) {
                        suspects.given(argument);
                    }
                }
                for (Expr.Keyword keyword : call.keywords()) {
                    Value argument = visit(keyword.value(), env);
                    if (away) {
                        suspects.given(argument);
                    }
                }
                return call(call, function, env);
            }
            case Expr.Lambda lambda -> lambda(lambda, env);
            case Expr.Comprehension comprehension -> comprehension(comprehension, env);
            case Expr.Constant(Value value, int at) -> {
                if (value instanceof Value.Text(String text)) {
                    suspects.text(text, at);
                }
                return value;
            }
            default -> {
                boolean away = expr instanceof Expr.Group || expr instanceof Expr.Dict;
                for (Expr part : expr.parts()) {
                    Value value = visit(part, env);
                    if (away) {
                        suspects.given(value);
                    }
                }
            }
        }
        return expr instanceof Expr.Slice ? Value.UNKNOWN : meaning.of(expr, env);
    }

    private void lambda(Expr.Lambda lambda, Env env) {
        lambda.defaults().forEach(value -> suspects.given(visit(value, env)));
        Map<String, Value> names = new HashMap<>();
        lambda.parameters().forEach(parameter -> names.put(parameter.name(), meaning.whatIsGiven(parameter, env)));
        suspects.given(visit(lambda.body(), env.with(names)));
    }

    private void comprehension(Expr.Comprehension comprehension, Env env) {
        Env inside = env;
        for (Expr.Clause clause : comprehension.clauses()) {
            visit(clause.iterable(), inside);
            Map<String, Value> names = new HashMap<>();
            Value element = meaning.of(
                    new Expr.ElementOf(clause.iterable(), clause.iterable().at()), inside);
            bindTargets(clause.target(), element, names);
            inside = inside.with(names);
            Env within = inside;
            clause.conditions().forEach(condition -> visit(condition, within));
        }
        Env within = inside;
        comprehension.elements().forEach(element -> visit(element, within));
    }

    private static void bindTargets(Expr target, Value element, Map<String, Value> names) {
        switch (target) {
            case Expr.Name(String id, int at) -> names.put(id, element);
            case Expr.Starred(Expr of, int at) -> bindTargets(of, Value.UNKNOWN, names);
            case Expr.Group group -> group.parts().forEach(part -> bindTargets(part, Value.UNKNOWN, names));
            default -> {}
        }
    }

    // -- rules

    private boolean isImport(Expr function, Env env) {
        return function instanceof Expr.Name
                && meaning.of(function, env) instanceof Value.Symbol(String path)
                && path.equals("builtins.__import__");
    }

    private Value mention(Expr.Name name, Env env) {
        if (name.id().equals("__builtins__")
                && env.scope().module().bindings("__builtins__").isEmpty()) {
            report(Rule.BUILTINS, name.at());
        }
        Value value = meaning.of(name, env);
        mentioned(value, name.at());
        return value;
    }

    private void mentioned(Value value, int at) {
        if (value instanceof Value.Unknown) {
            return;
        }
        for (Value one : Value.each(value)) {
            if (one instanceof Value.Symbol(String path)) {
                Confidence confidence = value instanceof Value.OneOf ? Confidence.MEDIUM : Confidence.HIGH;
                Rules.mentioned(path).ifPresent(rule -> report(rule, at, confidence));
                if (path.equals("builtins.__import__")) {
                    // by value: a direct call is judged by what it imports
                    report(Rule.IMPORT, at, confidence);
                }
            }
        }
    }

    private Value attribute(Expr.Attribute attribute, Value of) {
        Value value = meaning.attribute(of, attribute.name());
        mentioned(value, attribute.at());
        insides(attribute.name(), attribute.of(), of, attribute.at());
        if (attribute.name().equals("__self__") && value instanceof Value.Symbol(String path)) {
            if (path.equals("builtins")) {
                report(Rule.BUILTINS, attribute.at());
            }
        } else if (attribute.name().equals("__class__")
                && attribute.of() instanceof Expr.Attribute(Expr inner, String code, int codeAt)
                && code.equals("__code__")) {
            report(Rule.CODE_OBJECT, attribute.at());
        }
        if (isLoose(of, value)) {
            switch (attribute.name()) {
                case "subprocess_shell", "subprocess_exec", "create_subprocess_shell", "create_subprocess_exec" ->
                    report(Rule.PROCESS, attribute.at(), Confidence.MEDIUM);
                case "exec_module" -> report(Rule.LOADER_MAYBE, attribute.at());
                default -> suspects.attribute(attribute.name(), attribute.at());
            }
        }
        return value;
    }

    /** Whether it may be an attribute of something else than is known. */
    private static boolean isLoose(Value of, Value value) {
        return Value.each(value).contains(Value.UNKNOWN)
                && Value.each(of).stream().anyMatch(one -> !(one instanceof Value.Symbol));
    }

    /** Attributes by their names alone, whatever they belong to. */
    private void insides(String name, Expr receiver, Value of, int at) {
        if (name.equals("__subclasses__") && isOwnClass(receiver, of)) {
            report(Rule.WALK_MAYBE, at);
        } else if (Rules.INSIDES.contains(name)) {
            report(Rule.WALK, at);
        } else if (Rules.MAYBE_INSIDES.contains(name)) {
            report(Rule.WALK_MAYBE, at);
        } else if ((name.equals("__base__") || name.equals("__bases__") || name.equals("__mro__") || name.equals("mro"))
                && beginsWithLiteral(receiver)) {
            report(Rule.WALK, at);
        } else if (name.equals("__code__")
                && Value.each(of).stream().anyMatch(one -> one instanceof Value.OwnFunction)) {
            report(Rule.WALK_MAYBE, at);
        }
    }

    /** A registry of plugins asks its own base class. */
    private static boolean isOwnClass(Expr receiver, Value of) {
        return Value.each(of).stream().anyMatch(one -> one instanceof Value.OwnClass)
                || receiver instanceof Expr.Name(String id, int at) && (id.equals("cls") || id.equals("self"));
    }

    /** {@code ().__class__}, {@code type("")}: nobody asks a literal for its class but to walk on from there. */
    private static boolean beginsWithLiteral(Expr receiver) {
        Expr of = receiver;
        while (true) {
            switch (of) {
                case Expr.Attribute(Expr inner, String name, int at) -> of = inner;
                case Expr.Index(Expr inner, Expr key, int at) -> of = inner;
                case Expr.Call(Expr.Name(String id, int nameAt), List<Expr> arguments, var keywords, int at)
                when id.equals("type") && arguments.size() == 1 -> of = arguments.getFirst();
                case Expr.Constant constant -> {
                    return true;
                }
                case Expr.Group(Expr.Kind kind, List<Expr> parts, int at) -> {
                    return kind == Expr.Kind.TUPLE || kind == Expr.Kind.LIST || kind == Expr.Kind.SET;
                }
                case Expr.Dict dict -> {
                    return true;
                }
                case Expr.Formatted formatted -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
    }

    private Value index(Expr.Index index, Value of, Value key, Env env) {
        Value value = index.key() instanceof Expr.Slice slice ? meaning.slice(of, slice, env) : meaning.item(of, key);
        mentioned(value, index.at());
        hiddenKey(of, key, index.key(), index.at());
        for (Value one : Value.each(key)) {
            if (one instanceof Value.Text(String name)) {
                if (Rules.INSIDES.contains(name)) {
                    report(Rule.WALK, index.at());
                }
            }
        }
        return value;
    }

    /** A name that is made up while running, asked of a module's names. */
    private void hiddenKey(Value of, Value key, Expr keyExpr, int at) {
        if (isText(key)) {
            return;
        }
        for (Value one : Value.each(of)) {
            switch (one) {
                case Value.NamesOf(String path) when Rules.OF_MOST_POWER.contains(path) -> report(Rule.HIDDEN_NAME, at);
                case Value.Symbol(String path) when path.equals("builtins") -> report(Rule.HIDDEN_NAME, at);
                case Value.Modules modules when !isOwnModule(keyExpr) -> report(Rule.IMPORT_UNKNOWN, at);
                default -> {}
            }
        }
    }

    private static boolean isOwnModule(Expr key) {
        return switch (key) {
            case Expr.Name(String id, int at) -> id.equals("__name__") || id.equals("__package__");
            case Expr.Attribute(Expr of, String name, int at) -> name.equals("__module__") || name.equals("__name__");
            default -> false;
        };
    }

    private Value call(Expr.Call written, Value function, Env env) {
        Value result = meaning.called(written, function, env);
        mentioned(result, written.at());
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
    private static boolean isHarmless(Expr.Call call, Value function) {
        return switch (function) {
            case Value.Symbol(String path) -> HARMLESS_RECEIVERS.contains(path);
            case Value.Unknown unknown ->
                call.function() instanceof Expr.Attribute(Expr of, String name, int at) && REPLACING.contains(name);
            default -> false;
        };
    }

    private static boolean isSetter(Value function) {
        return function instanceof Value.Symbol(String path) && path.equals("builtins.setattr");
    }

    private void symbolCalled(String path, Expr.Call call, Env env) {
        Rules.called(path).ifPresent(rule -> report(rule, call.at()));
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
            case "numpy.load" -> flagUnlessFalse("allow_pickle", call, env);
            case "torch.load" -> {
                if (!(keyword(call, "weights_only", env) instanceof Value.Other(String word) && word.equals("True"))) {
                    report(Rule.DESERIALISE, call.at(), Confidence.MEDIUM);
                }
            }
            case "pkgutil.resolve_name", "pydoc.locate" -> {
                if (argument(call, 0) == null
                        || !isText(meaning.of(call.arguments().getFirst(), env))) {
                    report(Rule.IMPORT_UNKNOWN, call.at());
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
                    hiddenKey(of, meaning.of(first, env), first, call.at());
                }
            }
            case "values", "items", "copy", "popitem" -> {
                if (of instanceof Value.NamesOf(String path) && Rules.OF_MOST_POWER.contains(path)) {
                    report(Rule.HIDDEN_NAME, call.at(), Confidence.MEDIUM);
                }
            }
            case "__getattribute__" -> {
                if (argument(call, 1) != null) {
                    // object.__getattribute__(os, "system"): the object comes first
                    fetched(first, argument(call, 1), call, env);
                } else if (of instanceof Value.Symbol(String path) && first != null) {
                    fetchedFrom(path, meaning.of(first, env), call.at());
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
                    report(Rule.IMPORT, call.at());
                } else if (name.equals("load_module")) {
                    report(Rule.LOADER, call.at(), Confidence.MEDIUM);
                }
            }
            case "format", "vformat", "format_map" -> {
                if (value instanceof Value.Text(String text)) {
                    format(text, call.at());
                }
            }
            case "__getattribute__", "__getattr__" -> {
                for (Expr argument : call.arguments()) {
                    insidesByText(meaning.of(argument, env), call.at());
                }
                Expr second = argument(call, 1);
                if (second != null) {
                    fetched(first, second, call, env);
                    mentioned(meaning.fetched(value, meaning.of(second, env)), call.at());
                }
            }
            case "load_extension" -> report(Rule.NATIVE, call.at(), Confidence.MEDIUM);
            case "enable_load_extension" -> report(Rule.NATIVE_MAYBE, call.at());
            case "runcode", "runsource", "runeval", "runctx" -> report(Rule.CODE_TEXT, call.at(), Confidence.MEDIUM);
            case "replace" -> {
                if (call.function()
                                instanceof
                                Expr.Attribute(
                                        Expr.Attribute(Expr inner, String code, int innerAt),
                                        String replace,
                                        int at)
                        && code.equals("__code__")) {
                    report(Rule.CODE_OBJECT, call.at());
                }
            }
            default -> {}
        }
    }

    private void fetched(@Nullable Expr of, @Nullable Expr name, Expr.Call call, Env env) {
        if (of == null || name == null) {
            return;
        }
        Value key = meaning.of(name, env);
        insidesByText(key, call.at());
        for (Value one : Value.each(meaning.of(of, env))) {
            if (one instanceof Value.Symbol(String path)) {
                fetchedFrom(path, key, call.at());
            }
        }
    }

    private void fetchedFrom(String path, Value key, int at) {
        if (!isText(key)) {
            if (Rules.OF_MOST_POWER.contains(path)) {
                report(Rule.HIDDEN_NAME, at);
            } else if (Rules.OF_POWER.contains(path)) {
                report(Rule.WALK_MAYBE, at);
            }
        }
        insidesByText(key, at);
    }

    private void insidesByText(Value key, int at) {
        for (Value one : Value.each(key)) {
            if (one instanceof Value.Text(String name)) {
                if (name.length() > Arithmetic.MOST_TEXT) {
                    report(Rule.WALK, at);
                    continue;
                }
                for (String step : name.split("\\.")) {
                    if (Rules.INSIDES.contains(step)) {
                        report(Rule.WALK, at);
                    } else if (Rules.MAYBE_INSIDES.contains(step)) {
                        report(Rule.WALK_MAYBE, at);
                    }
                }
            }
        }
    }

    private void changed(@Nullable Expr name, Expr.Call call, Env env) {
        if (name != null
                && meaning.of(name, env) instanceof Value.Text(String attribute)
                && (attribute.equals("__code__") || attribute.equals("__globals__"))) {
            report(Rule.CODE_OBJECT, call.at());
        }
    }

    private void dynamicImport(String path, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        Value name = first != null ? meaning.of(first, env) : keyword(call, "name", env);
        for (Value one : Value.each(name)) {
            if (one instanceof Value.Text(String module)) {
                if (Rules.OF_MOST_POWER.contains(top(module))) {
                    report(Rule.IMPORT, call.at());
                }
            } else {
                boolean assembled = path.equals("builtins.__import__") || !(first instanceof Expr.Name);
                report(assembled && !isDotted(first) ? Rule.IMPORT : Rule.IMPORT_UNKNOWN, call.at(), Confidence.MEDIUM);
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
            insidesByText(meaning.of(argument, env), call.at());
        }
    }

    private void getterCalled(Value name, Expr.Call call, Env env) {
        Expr first = argument(call, 0);
        if (first != null) {
            for (Value one : Value.each(meaning.of(first, env))) {
                if (one instanceof Value.Symbol(String path)) {
                    fetchedFrom(path, name, call.at());
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
                report(Rule.YAML, call.at());
            } else if (path.endsWith("FullLoader")) {
                report(Rule.YAML_FULL, call.at());
            } else if (!path.endsWith("SafeLoader") && !path.endsWith("BaseLoader") || path.endsWith("UnsafeLoader")) {
                report(Rule.YAML, call.at());
            }
        }
    }

    private void flagUnlessFalse(String name, Expr.Call call, Env env) {
        Expr given = call.keyword(name);
        if (given != null && !(meaning.of(given, env) instanceof Value.Other(String word) && word.equals("False"))) {
            report(Rule.DESERIALISE, call.at());
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
                report(Rule.PROCESS, call.at(), Confidence.MEDIUM);
            }
        }
    }

    private void format(String text, int at) {
        if (formats.computeIfAbsent(text, FormatFields::reachInside)) {
            report(Rule.FORMAT, at);
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
            report(Rule.HIDDEN_NAME, call.at());
        }
    }

    private Value keyword(Expr.Call call, String name, Env env) {
        Expr value = call.keyword(name);
        return value == null ? Value.UNKNOWN : meaning.of(value, env);
    }

    private static @Nullable Expr argument(Expr.Call call, int i) {
        return i < call.arguments().size() ? call.arguments().get(i) : null;
    }

    private static boolean isText(Value value) {
        return Value.each(value).stream()
                .allMatch(one -> one instanceof Value.Whole
                        || (one instanceof Value.Text(String text) && text.length() <= Arithmetic.MOST_TEXT));
    }
}
