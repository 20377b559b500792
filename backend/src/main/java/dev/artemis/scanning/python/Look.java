package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.ScanReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks every expression of a program and says what falls under a rule. */
final class Look {

    private static final Pattern FIELD =
            Pattern.compile("\\{[^{}]*?(__\\w+__|func_globals|f_globals|gi_frame)[^{}]*\\}");
    private static final Pattern HARMLESS_FIELD =
            Pattern.compile("\\{[^{}]*\\.__class__(?:\\.__(?:name|qualname|module|doc)__)?(?:![rsa])?(?::[^{}]*)?\\}"
                    + "|\\{[^{}]*\\.__(?:name|qualname|module|doc|dict|version|file)__(?:![rsa])?(?::[^{}]*)?\\}"
                    + "|\\{__\\w+__(?:![rsa])?(?::[^{}]*)?\\}");

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

    private final Source source;
    private final Meaning meaning;
    private final InnerText inner;
    private final Map<String, Finding> findings = new HashMap<>();
    private final Set<Integer> suspects = new HashSet<>();
    private boolean handsOnPower;

    /** Scans a text that the program runs. */
    @FunctionalInterface
    interface InnerText {
        List<Finding> scan(String text);
    }

    Look(Source source, Meaning meaning, InnerText inner) {
        this.source = source;
        this.meaning = meaning;
        this.inner = inner;
    }

    List<Finding> at(Program program) {
        for (Program.Use use : program.uses()) {
            if (use.expr() instanceof Expr.Constant(Value.Symbol(String path), int at)) {
                imported(path, at);
            } else {
                visit(use.expr(), Env.of(use.scope()));
            }
        }
        if (handsOnPower) {
            suspects.forEach(at -> report(Rule.HIDDEN_NAME, at, Confidence.LOW));
        }
        if (meaning.isExhausted()) {
            report(Rule.TOO_MUCH, 0);
        }
        return new ArrayList<>(findings.values());
    }

    private void report(Rule rule, int at) {
        report(rule, at, rule.confidence());
    }

    private void report(Rule rule, int at, Confidence confidence) {
        if (findings.size() < ScanReport.MOST_FINDINGS * 2) {
            findings.putIfAbsent(
                    rule.id() + "@" + at,
                    new Finding(
                            rule.id(),
                            rule.severity(),
                            confidence,
                            source.line(at),
                            source.column(at),
                            rule.message(),
                            rule.link()));
        }
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
                call.arguments().forEach(argument -> visit(argument, env));
                call.keywords().forEach(keyword -> visit(keyword.value(), env));
                return call(call, function, env);
            }
            case Expr.Lambda lambda -> lambda(lambda, env);
            case Expr.Comprehension comprehension -> comprehension(comprehension, env);
            case Expr.Constant(Value value, int at) -> {
                return value;
            }
            default -> {
                if (expr instanceof Expr.Group || expr instanceof Expr.Dict) {
                    expr.parts().forEach(part -> handedOn(part, env));
                }
                expr.parts().forEach(part -> visit(part, env));
            }
        }
        return expr instanceof Expr.Slice ? Value.UNKNOWN : meaning.of(expr, env);
    }

    private void lambda(Expr.Lambda lambda, Env env) {
        lambda.defaults().forEach(value -> visit(value, env));
        Map<String, Value> names = new HashMap<>();
        lambda.names().forEach(name -> names.put(name, Value.UNKNOWN));
        visit(lambda.body(), env.with(names));
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
        if (of instanceof Value.Unknown) {
            switch (attribute.name()) {
                case "subprocess_shell", "subprocess_exec", "create_subprocess_shell", "create_subprocess_exec" ->
                    report(Rule.PROCESS, attribute.at(), Confidence.MEDIUM);
                case "exec_module" -> report(Rule.LOADER_MAYBE, attribute.at());
                default -> {
                    if (Rules.POWERS.contains(attribute.name())) {
                        suspects.add(attribute.at());
                    }
                }
            }
        }
        return value;
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
        } else if (name.equals("__code__") && of instanceof Value.OwnFunction) {
            report(Rule.WALK_MAYBE, at);
        }
    }

    /** A registry of plugins asks its own base class. */
    private static boolean isOwnClass(Expr receiver, Value of) {
        return of instanceof Value.OwnClass
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

    private Value call(Expr.Call call, Value function, Env env) {
        Value result = meaning.called(call, function, env);
        mentioned(result, call.at());
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
        boolean harmless = function instanceof Value.Symbol(String path) && HARMLESS_RECEIVERS.contains(path);
        if (!harmless) {
            call.arguments().forEach(argument -> handedOn(argument, env));
            call.keywords().forEach(keyword -> handedOn(keyword.value(), env));
            powerByGetattr(call, env);
        }
        return result;
    }

    private void symbolCalled(String path, Expr.Call call, Env env) {
        Rules.called(path).ifPresent(rule -> report(rule, call.at()));
        List<String> texts = Rules.RUN_TEXTS.get(path);
        if (texts != null) {
            runTexts(texts, call, env);
        }
        switch (path) {
            case "builtins.getattr", "inspect.getattr_static" ->
                fetched(argument(call, 0), argument(call, 1), call, env);
            case "builtins.setattr", "builtins.delattr" -> changed(argument(call, 1), call, env);
            case "builtins.__import__", "importlib.import_module", "importlib.__import__" ->
                dynamicImport(path, call, env);
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
                if (of instanceof Value.Symbol(String path)) {
                    if (Calls.isOfAnyObject(path)) {
                        fetched(first, argument(call, 1), call, env);
                    } else if (first != null) {
                        fetchedFrom(path, meaning.of(first, env), call.at());
                    }
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
            }
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
                runText(text, call, env);
            }
        }
    }

    private void runText(Expr text, Expr.Call call, Env env) {
        for (Value one : Value.each(meaning.of(text, env))) {
            switch (one) {
                case Value.Text(String code) -> {
                    if (!inner.scan(code).isEmpty()) {
                        report(Rule.CODE_TEXT, call.at());
                    }
                }
                case Value.OwnFunction function -> {}
                case Value.Closure closure -> {}
                case Value.Symbol symbol -> {}
                default -> report(Rule.CODE_TEXT, call.at(), Confidence.MEDIUM);
            }
        }
    }

    private void format(String text, int at) {
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            if (!HARMLESS_FIELD.matcher(field.group()).matches()) {
                report(Rule.FORMAT, at);
            }
        }
    }

    /** A module of power as a value: whoever gets it may use it under another name. */
    private void handedOn(Expr part, Env env) {
        if (!handsOnPower
                && (part instanceof Expr.Name || part instanceof Expr.Call)
                && meaning.of(part, env) instanceof Value.Symbol(String path)
                && Rules.OF_MOST_POWER.contains(path)) {
            handsOnPower = true;
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
        return Value.each(value).stream().allMatch(one -> one instanceof Value.Text || one instanceof Value.Whole);
    }
}
