package dev.artemis.scanning.python;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks every expression of a program and says what falls under a rule. */
final class Look {

    private final Meaning meaning;
    private final Effort effort;
    private final Findings findings;
    private final Suspects suspects;
    private final Mentions mentions;
    private final CallLook calls;
    private final boolean several;

    /** @param several whether other files belong to the program, which may import from this one */
    Look(Meaning meaning, Effort effort, Findings findings, CodeTexts texts, boolean several) {
        this.meaning = meaning;
        this.effort = effort;
        this.findings = findings;
        this.suspects = new Suspects(findings);
        this.mentions = new Mentions(meaning, findings, suspects, texts);
        this.several = several;
        this.calls = new CallLook(meaning, findings, suspects, texts, mentions);
    }

    void at(Program program) {
        for (Program.Use use : program.uses()) {
            Value value;
            if (use.expr() instanceof Expr.Constant(Value.Symbol(String path), int at)) {
                imported(path, at);
                value = Paths.value(path);
                if (use.fate() == Program.Fate.SHARED && several) {
                    shared(value, at);
                }
            } else {
                value = visit(use.expr(), Env.of(use.scope()));
            }
            if (use.fate() == Program.Fate.LEAVES) {
                suspects.given(value);
            }
        }
        suspects.judge();
        if (effort.isSpent()) {
            findings.report(Rule.TOO_MUCH, 0);
        }
    }

    private void imported(String path, int at) {
        Rules.imported(path).ifPresent(rule -> findings.report(rule, at));
        if (Paths.value(path) instanceof Value.Symbol(String canonical)) {
            Rules.mentioned(canonical).ifPresent(rule -> findings.report(rule, at));
        }
    }

    /** Other files get its power from here, under this file's name. */
    private void shared(Value module, int at) {
        if (module instanceof Value.Symbol(String path) && Rules.OF_MOST_POWER.contains(path)) {
            findings.report(Rule.SHARED, at);
        }
    }

    /** Answers what the expression is, so that what it is a part of need not ask again. */
    private Value visit(Expr expr, Env env) {
        if (!effort.step()) {
            return Value.UNKNOWN;
        }
        switch (expr) {
            case Expr.Name name -> {
                return mentions.mention(name, env);
            }
            case Expr.Attribute attribute -> {
                return mentions.attribute(attribute, visit(attribute.of(), env));
            }
            case Expr.Index index -> {
                return mentions.index(index, visit(index.of(), env), visit(index.key(), env), env);
            }
            case Expr.Call call -> {
                Value function = isImport(call.function(), env)
                        ? new Value.Symbol("builtins.__import__")
                        : visit(call.function(), env);
                boolean away = !CallLook.isHarmless(call, function);
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
                return calls.call(call, function, env);
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

    private void bindTargets(Expr target, Value element, Map<String, Value> names) {
        switch (target) {
            case Expr.Name(String id, int at) -> names.put(id, element);
            case Expr.Starred(Expr of, int at) -> bindTargets(of, Value.UNKNOWN, names);
            case Expr.Group group -> {
                List<Expr> parts = group.parts();
                boolean known = parts.stream().noneMatch(Expr.Starred.class::isInstance);
                for (int i = 0; i < parts.size(); i++) {
                    Value part = known ? meaning.parts().item(element, Value.whole(i)) : Value.UNKNOWN;
                    bindTargets(parts.get(i), part, names);
                }
            }
            default -> {}
        }
    }

    private boolean isImport(Expr function, Env env) {
        return function instanceof Expr.Name
                && meaning.of(function, env) instanceof Value.Symbol(String path)
                && path.equals("builtins.__import__");
    }

    private static boolean isSetter(Value function) {
        return function instanceof Value.Symbol(String path) && path.equals("builtins.setattr");
    }
}
