package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a whole program: statements into scopes with their bindings, and every expression that is evaluated with the
 * scope that it is evaluated in. Statements themselves are not kept, since nothing asks for them.
 */
final class Program {

    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

    /** Where the value of an expression goes. */
    enum Fate {
        /** It stays where it can be followed: a name's value, a condition, a part of something larger. */
        STAYS,
        /** Under some other name: it is returned, stored in an object, is a default, is matched. */
        LEAVES,
        /** Nowhere: an annotation, a base class, by which nothing is called as a rule. */
        DECLARES,
        /** All names of a module become this one's, where others find them. */
        SHARED
    }

    /** An expression, and where it is evaluated. */
    record Use(Expr expr, Scope scope, Fate fate) {}

    private final Parser in;
    private final Notes notes = new Notes();
    private final Patterns patterns;
    private final Imports imports;
    private List<Expr> decorators = List.of();

    private Program(String text) {
        var words = new Words();
        this.in = new Parser(text, words, Lexer.program(text, words), notes::walrus, notes.changes(), 0);
        this.patterns = new Patterns(in, notes, this::block);
        this.imports = new Imports(in, notes);
    }

    /**
     * Reads it.
     *
     * @throws SyntaxFault it is not Python
     */
    static Program parse(String text) {
        var program = new Program(text);
        while (program.in.kind() != Tokens.END) {
            program.statement();
        }
        return program;
    }

    Scope module() {
        return notes.module();
    }

    List<Use> uses() {
        return notes.uses();
    }

    /** Names of functions and classes, wherever they are defined. */
    Set<String> definitions() {
        return notes.definitions();
    }

    /** Annotations that are texts: some tools evaluate them. */
    List<String> annotations() {
        return notes.annotations();
    }

    Changes changes() {
        return notes.changes();
    }

    private void statement() {
        if (in.kind() == Tokens.KEYWORD) {
            switch (in.word(0)) {
                case "if" -> conditional();
                case "while" -> loop();
                case "for" -> forLoop();
                case "try" -> attempt();
                case "with" -> with();
                case "def" -> function();
                case "class" -> type();
                case "async" -> asynchronous();
                default -> simpleStatements();
            }
        } else if (in.is("@")) {
            decorated();
        } else if (in.kind() == Tokens.NAME && in.word(0).equals("match") && patterns.beginsMatch()) {
            patterns.match();
        } else {
            simpleStatements();
        }
    }

    private void simpleStatements() {
        do {
            simple();
        } while (in.take(";") && in.kind() != Tokens.NEWLINE);
        in.expectKind(Tokens.NEWLINE);
    }

    private void block() {
        in.expect(":");
        if (in.kind() != Tokens.NEWLINE) {
            simpleStatements();
            return;
        }
        in.skip();
        in.expectKind(Tokens.INDENT);
        while (in.kind() != Tokens.DEDENT) {
            statement();
        }
        in.skip();
    }

    /** A block that may not run. */
    private void branch() {
        notes.inRegion(in::at, this::block);
    }

    private void conditional() {
        in.skip();
        notes.use(in.named());
        branch();
        while (in.takeKeyword("elif")) {
            notes.use(in.named());
            branch();
        }
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void loop() {
        in.skip();
        notes.use(in.named());
        branch();
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void forLoop() {
        in.expectKeyword("for");
        notes.inRegion(in::at, () -> {
            int at = in.at();
            Expr target = in.targets();
            in.expectKeyword("in");
            Expr iterable = notes.use(in.starredExpressions());
            notes.assign(target, new Expr.ElementOf(iterable, at), in.at());
            block();
        });
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void attempt() {
        in.skip();
        branch();
        while (in.takeKeyword("except")) {
            notes.inRegion(in::at, this::handler);
        }
        if (in.takeKeyword("else")) {
            branch();
        }
        if (in.takeKeyword("finally")) {
            block();
        }
    }

    private void handler() {
        in.take("*");
        if (!in.is(":")) {
            notes.use(in.starredExpressions());
            if (in.takeKeyword("as")) {
                notes.bind(in.name(), in.at(), null);
            }
        }
        block();
    }

    private void with() {
        in.expectKeyword("with");
        if (in.is("(") && holdsAs()) {
            in.skip();
            while (!in.is(")")) {
                withItem();
                if (!in.take(",")) {
                    break;
                }
            }
            in.expect(")");
        } else {
            do {
                withItem();
            } while (in.take(","));
        }
        // what a context manager swallows leaves the rest of its block undone
        branch();
    }

    private void withItem() {
        notes.use(in.starredExpression());
        if (in.takeKeyword("as")) {
            notes.assign(in.starredExpression(), null, in.at());
        }
    }

    /** {@code with (a as b, c as d):}, unlike {@code with (a, b) as c:}. */
    private boolean holdsAs() {
        int depth = 0;
        boolean as = false;
        for (int ahead = 0; in.kind(ahead) != Tokens.END && in.kind(ahead) != Tokens.NEWLINE; ahead++) {
            String word = in.word(ahead);
            if (in.kind(ahead) == Tokens.OPERATOR) {
                switch (word) {
                    case "(", "[", "{" -> depth++;
                    case ")", "]", "}" -> depth--;
                    default -> {}
                }
                if (depth == 0) {
                    return as
                            && in.kind(ahead + 1) == Tokens.OPERATOR
                            && in.word(ahead + 1).equals(":");
                }
            } else if (in.kind(ahead) == Tokens.KEYWORD && depth == 1 && word.equals("as")) {
                as = true;
            }
        }
        return false;
    }

    private void asynchronous() {
        in.skip();
        if (in.kind() == Tokens.KEYWORD) {
            switch (in.word(0)) {
                case "def" -> {
                    function();
                    return;
                }
                case "for" -> {
                    forLoop();
                    return;
                }
                case "with" -> {
                    with();
                    return;
                }
                default -> {}
            }
        }
        throw in.fault("something else was expected behind async");
    }

    private void decorated() {
        List<Expr> decorators = new ArrayList<>(1);
        while (in.take("@")) {
            decorators.add(notes.use(in.named()));
            in.expectKind(Tokens.NEWLINE);
        }
        this.decorators = decorators;
        if (in.isKeyword("class")) {
            type();
        } else if (in.isKeyword("async")) {
            asynchronous();
        } else {
            function();
        }
    }

    /** Binds what is defined; what its decorators make of it is bound to the name too. */
    private void define(String name, int at, Value defined, List<Expr> decorators) {
        notes.define(name, at, defined);
        if (!decorators.isEmpty()) {
            Expr made = new Expr.Constant(defined, at);
            for (Expr decorator : decorators.reversed()) {
                made = new Expr.Call(decorator, List.of(made), List.of(), at);
            }
            notes.bind(name, at, new Expr.Decorated(defined, made, at));
        }
    }

    private List<Expr> takeDecorators() {
        List<Expr> taken = decorators;
        decorators = List.of();
        return taken;
    }

    private void function() {
        in.expectKeyword("def");
        List<Expr> decorators = takeDecorators();
        String name = in.name();
        var own = new Scope(Scope.Kind.FUNCTION, notes.scope());
        typeParameters(own);
        in.expect("(");
        var signature = new Signature();
        while (!in.is(")")) {
            parameter(own, signature);
            if (!in.take(",")) {
                break;
            }
        }
        in.expect(")");
        if (in.take("->")) {
            notes.annotation(in.expression());
        }
        define(name, in.at(), new Value.OwnFunction(own), decorators);
        notes.inScope(own, this::block);
    }

    private void parameter(Scope own, Signature signature) {
        if (in.take("/")) {
            return;
        }
        if (in.take("**") || in.take("*")) {
            signature.star();
            if (in.kind() != Tokens.NAME) {
                return;
            }
        }
        int at = in.at();
        String name = in.name();
        own.bind(name, new Binding(at, own, null, null, null));
        if (in.take(":")) {
            notes.annotation(in.starredExpression());
        }
        in.accept(signature, name, in.is("="));
        if (in.take("=")) {
            Expr byDefault = notes.use(in.expression(), Fate.LEAVES);
            if (!(byDefault instanceof Expr.Constant(Value.Other other, int otherAt))) {
                own.bind(name, new Binding(at, notes.scope(), null, byDefault, null));
            }
        }
    }

    private void typeParameters(Scope own) {
        if (!in.take("[")) {
            return;
        }
        while (!in.is("]")) {
            if (!in.take("**")) {
                in.take("*");
            }
            int at = in.at();
            own.bind(in.name(), new Binding(at, own, null, null, null));
            if (in.take(":")) {
                notes.use(in.expression());
            }
            if (in.take("=")) {
                notes.use(in.starredExpression());
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("]");
    }

    private void type() {
        in.expectKeyword("class");
        List<Expr> decorators = takeDecorators();
        int at = in.at();
        String name = in.name();
        var own = new Scope(Scope.Kind.CLASS, notes.scope());
        typeParameters(own);
        if (in.is("(")) {
            // its bases are arguments; the class itself calls nothing that is not known
            Expr.Call bases = in.call(new Expr.Constant(new Value.Other("class"), at));
            bases.arguments().forEach(base -> notes.use(base, Fate.DECLARES));
            bases.keywords().forEach(keyword -> notes.use(keyword.value()));
        }
        notes.inScope(own, this::block);
        // its body has run before the class has its name
        define(name, Math.max(at, in.at() - 1), new Value.OwnClass(own), decorators);
    }

    private void simple() {
        if (in.kind() != Tokens.KEYWORD) {
            if (in.kind() == Tokens.NAME && in.word(0).equals("type") && in.kind(1) == Tokens.NAME) {
                typeAlias();
                return;
            }
            expressionStatement();
            return;
        }
        switch (in.word(0)) {
            case "pass", "break", "continue" -> in.skip();
            case "return" -> {
                in.skip();
                if (in.beginsExpression()) {
                    notes.scope()
                            .returned(notes.use(
                                    in.isKeyword("yield") ? in.yielded() : in.starredExpressions(), Fate.LEAVES));
                }
            }
            case "raise" -> {
                in.skip();
                if (in.beginsExpression()) {
                    notes.use(in.expression());
                    if (in.takeKeyword("from")) {
                        notes.use(in.expression());
                    }
                }
            }
            case "assert" -> {
                in.skip();
                notes.use(in.expression());
                if (in.take(",")) {
                    notes.use(in.expression());
                }
            }
            case "global", "nonlocal" -> {
                in.skip();
                do {
                    notes.scope().declareElsewhere(in.name());
                } while (in.take(","));
            }
            case "del" -> {
                in.skip();
                delete(notes.use(in.starredExpressions()));
            }
            case "import" -> imports.modules();
            case "from" -> imports.names();
            default -> expressionStatement();
        }
    }

    private void typeAlias() {
        in.skip();
        String name = in.name();
        typeParameters(new Scope(Scope.Kind.FUNCTION, notes.scope()));
        in.expect("=");
        notes.use(in.expression());
        notes.bind(name, in.at(), null);
    }

    private void delete(Expr target) {
        switch (target) {
            case Expr.Name(String id, int at) -> notes.scope().delete(id, at);
            case Expr.Index index -> notes.changes().changed(index.of());
            case Expr.Group group -> group.parts().forEach(this::delete);
            default -> {}
        }
    }

    private void expressionStatement() {
        Expr first = in.isKeyword("yield") ? in.yielded() : in.starredExpressions();
        if (in.take(":")) {
            notes.annotation(in.expression());
            Expr value = in.take("=") ? value() : null;
            if (value == null) {
                declared(first);
            } else {
                notes.assign(first, notes.use(value, notes.fate(List.of(first))), in.at());
            }
        } else if (in.kind() == Tokens.OPERATOR && AUGMENTED.contains(in.word(0))) {
            augmented(first);
        } else if (in.is("=")) {
            List<Expr> targets = new ArrayList<>(List.of(first));
            while (in.take("=")) {
                targets.add(value());
            }
            Expr value = targets.removeLast();
            notes.use(value, notes.fate(targets));
            targets.forEach(target -> notes.assign(target, value, in.at()));
            for (int i = 1; i < targets.size(); i++) {
                if (targets.getFirst() instanceof Expr.Name(String one, int oneAt)
                        && targets.get(i) instanceof Expr.Name(String other, int otherAt)) {
                    notes.changes().same(one, other);
                }
            }
        } else {
            notes.use(first);
        }
    }

    /** {@code name: type} gives no value: in a function it makes the name local, elsewhere it does nothing. */
    private void declared(Expr target) {
        if (target instanceof Expr.Name(String id, int at)) {
            if (notes.scope().kind() == Scope.Kind.FUNCTION) {
                notes.bind(id, at, null);
            }
        } else {
            notes.use(target);
        }
    }

    private Expr value() {
        return in.isKeyword("yield") ? in.yielded() : in.starredExpressions();
    }

    private void augmented(Expr target) {
        String operator = in.word(0).substring(0, in.word(0).length() - 1);
        in.skip();
        Expr more = notes.use(value());
        if (!(target instanceof Expr.Name(String id, int at))) {
            notes.use(target);
            return;
        }
        List<Binding> before = notes.scope().bindings(id);
        Expr earlier = before.isEmpty() ? new Expr.Name(id, at) : new Expr.Earlier(before.getLast(), at);
        notes.bind(id, in.at(), new Expr.Chain(List.of(earlier, more), List.of(operator), at));
    }
}
