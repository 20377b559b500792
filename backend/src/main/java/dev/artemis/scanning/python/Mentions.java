package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import java.util.List;

/** What falls under a rule because it is named: by its name, as an attribute, under a key. */
final class Mentions {

    private final Meaning meaning;
    private final Findings findings;
    private final Suspects suspects;
    private final CodeTexts texts;

    Mentions(Meaning meaning, Findings findings, Suspects suspects, CodeTexts texts) {
        this.meaning = meaning;
        this.findings = findings;
        this.suspects = suspects;
        this.texts = texts;
    }

    Value mention(Expr.Name name, Env env) {
        if (name.id().equals("__builtins__")
                && env.scope().module().bindings("__builtins__").isEmpty()) {
            findings.report(Rule.BUILTINS, name.at());
        }
        Value value = meaning.of(name, env);
        mentioned(value, name.at());
        return value;
    }

    void mentioned(Value value, int at) {
        if (value instanceof Value.Unknown) {
            return;
        }
        for (Value one : Value.each(value)) {
            if (one instanceof Value.Symbol(String path)) {
                Confidence confidence = value instanceof Value.OneOf ? Confidence.MEDIUM : Confidence.HIGH;
                Rules.mentioned(path).ifPresent(rule -> findings.report(rule, at, confidence));
                if (Rules.EVALUATES_ANNOTATIONS.contains(path)) {
                    texts.annotations(at);
                }
                if (path.equals("builtins.__import__")) {
                    // by value: a direct call is judged by what it imports
                    findings.report(Rule.IMPORT, at, confidence);
                }
            }
        }
    }

    Value attribute(Expr.Attribute attribute, Value of) {
        Value value = meaning.parts().attribute(of, attribute.name());
        mentioned(value, attribute.at());
        insides(attribute.name(), attribute.of(), of, attribute.at());
        if (attribute.name().equals("__self__") && value instanceof Value.Symbol(String path)) {
            if (path.equals("builtins")) {
                findings.report(Rule.BUILTINS, attribute.at());
            }
        } else if (attribute.name().equals("__class__")
                && attribute.of() instanceof Expr.Attribute(Expr inner, String code, int codeAt)
                && code.equals("__code__")) {
            findings.report(Rule.CODE_OBJECT, attribute.at());
        }
        if (isLoose(of, value)) {
            switch (attribute.name()) {
                case "subprocess_shell", "subprocess_exec", "create_subprocess_shell", "create_subprocess_exec" ->
                    findings.report(Rule.PROCESS, attribute.at(), Confidence.MEDIUM);
                case "exec_module" -> findings.report(Rule.LOADER_MAYBE, attribute.at());
                default -> suspects.attribute(attribute.name(), attribute.at());
            }
        }
        return value;
    }

    /** Whether it may be an attribute of something else than is known. */
    private static boolean isLoose(Value of, Value value) {
        return Value.each(value).stream().anyMatch(Mentions::isUnknown)
                && Value.each(of).stream().anyMatch(one -> !(one instanceof Value.Symbol) || isUnknown(one));
    }

    private static boolean isUnknown(Value value) {
        return value instanceof Value.Unknown || (value instanceof Value.Symbol(String path) && Paths.isOfSome(path));
    }

    /** Attributes by their names alone, whatever they belong to. */
    private void insides(String name, Expr receiver, Value of, int at) {
        if (name.equals("__subclasses__") && isOwnClass(receiver, of)) {
            findings.report(Rule.WALK_MAYBE, at);
        } else if (Rules.INSIDES.contains(name)) {
            findings.report(Rule.WALK, at);
        } else if (Rules.MAYBE_INSIDES.contains(name)) {
            findings.report(Rule.WALK_MAYBE, at);
        } else if ((name.equals("__base__") || name.equals("__bases__") || name.equals("__mro__") || name.equals("mro"))
                && beginsWithLiteral(receiver)) {
            findings.report(Rule.WALK, at);
        } else if (name.equals("__code__")
                && Value.each(of).stream().anyMatch(one -> one instanceof Value.OwnFunction)) {
            findings.report(Rule.WALK_MAYBE, at);
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

    Value index(Expr.Index index, Value of, Value key, Env env) {
        Value value = index.key() instanceof Expr.Slice slice
                ? meaning.parts().slice(of, slice, env)
                : meaning.parts().item(of, key);
        mentioned(value, index.at());
        hiddenKey(of, key, index.key(), index.at());
        for (Value one : Value.each(key)) {
            if (one instanceof Value.Text(String name)) {
                if (Rules.INSIDES.contains(name)) {
                    findings.report(Rule.WALK, index.at());
                }
            }
        }
        return value;
    }

    /** A name that is made up while running, asked of a module's names. */
    void hiddenKey(Value of, Value key, Expr keyExpr, int at) {
        if (isText(key)) {
            return;
        }
        for (Value one : Value.each(of)) {
            switch (one) {
                case Value.NamesOf(String path)
                when Rules.OF_MOST_POWER.contains(path) -> findings.report(Rule.HIDDEN_NAME, at);
                case Value.Symbol(String path) when path.equals("builtins") -> findings.report(Rule.HIDDEN_NAME, at);
                case Value.Modules modules when !isOwnModule(keyExpr) -> findings.report(Rule.IMPORT_UNKNOWN, at);
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

    void fetchedFrom(String path, Value key, int at) {
        if (!isText(key)) {
            if (Rules.OF_MOST_POWER.contains(path)) {
                findings.report(Rule.HIDDEN_NAME, at);
            } else if (Rules.OF_POWER.contains(path)) {
                findings.report(Rule.WALK_MAYBE, at);
            }
        }
        insidesByText(key, at);
    }

    void insidesByText(Value key, int at) {
        for (Value one : Value.each(key)) {
            if (one instanceof Value.Text(String name)) {
                if (name.length() > Arithmetic.MOST_TEXT) {
                    findings.report(Rule.WALK, at);
                    continue;
                }
                for (String step : name.split("\\.")) {
                    if (Rules.INSIDES.contains(step)) {
                        findings.report(Rule.WALK, at);
                    } else if (Rules.MAYBE_INSIDES.contains(step)) {
                        findings.report(Rule.WALK_MAYBE, at);
                    }
                }
            }
        }
    }

    static boolean isText(Value value) {
        return Value.each(value).stream()
                .allMatch(one -> one instanceof Value.Whole
                        || (one instanceof Value.Text(String text) && text.length() <= Arithmetic.MOST_TEXT));
    }
}
