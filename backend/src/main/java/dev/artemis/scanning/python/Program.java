package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a whole program: statements into scopes with their bindings, and every expression that is evaluated with the
 * scope that it is evaluated in. Statements themselves are not kept, since nothing asks for them.
 */
final class Program {

    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

    private static final Set<String> COMPOUND = Set.of("if", "while", "for", "try", "with", "def", "class", "async");

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
    private final Surroundings surroundings = new Surroundings();
    private final Declarations declarations = new Declarations(notes);
    private final Patterns patterns;
    private final Imports imports;
    private List<Expr> decorators = List.of();

    private Program(String text) {
        var words = new Words();
        this.in = new Parser(text, words, Lexer.program(text, words), notes::walrus, notes.changes(), surroundings, 0);
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
        program.surroundings.closeBody(0);
        program.declarations.close();
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
        if (!compound()) {
            simpleStatements();
        }
    }

    private boolean compound() {
        if (in.kind() == Tokens.KEYWORD && COMPOUND.contains(in.word(0))) {
            imports.begun();
            switch (in.word(0)) {
                case "if" -> conditional();
                case "while" -> loop();
                case "for" -> forLoop();
                case "try" -> attempt();
                case "with" -> with();
                case "def" -> function(Surroundings.Kind.FUNCTION);
                case "class" -> type();
                default -> asynchronous();
            }
        } else if (in.is("@")) {
            imports.begun();
            decorated();
        } else if (in.kind() == Tokens.NAME && in.word(0).equals("match") && patterns.beginsMatch()) {
            imports.begun();
            patterns.match();
        } else {
            return false;
        }
        return true;
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
        surroundings.inLoop(this::branch);
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
            surroundings.inLoop(this::block);
        });
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void attempt() {
        in.skip();
        branch();
        boolean handled = in.isKeyword("except");
        boolean group = handled && in.kind(1) == Tokens.OPERATOR && in.word(1).equals("*");
        Consumer<Runnable> way = group ? surroundings::inGroupHandler : Runnable::run;
        boolean last = false;
        while (in.takeKeyword("except")) {
            if (last || in.take("*") != group) {
                throw in.fault("a handler stands where none can");
            }
            last = in.is(":");
            if (last && group) {
                throw in.fault("a kind of exception was expected");
            }
            notes.inRegion(in::at, () -> way.accept(this::handler));
        }
        if (handled && in.takeKeyword("else")) {
            branch();
        }
        if (in.takeKeyword("finally")) {
            block();
        } else if (!handled) {
            throw in.fault("except or finally was expected");
        }
    }

    private void handler() {
        if (!in.is(":")) {
            notes.use(in.expression());
            boolean several = in.is(",");
            while (in.take(",") && in.beginsExpression()) {
                notes.use(in.expression());
            }
            if (in.takeKeyword("as")) {
                in.accept(several ? "several kinds want parentheses" : null);
                Targets.name(in.word(0), in.at());
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
        notes.use(in.expression());
        if (in.takeKeyword("as")) {
            Expr target = in.expression();
            Targets.assigned(target);
            notes.assign(target, null, in.at());
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
        if (in.isKeyword("def")) {
            function(Surroundings.Kind.COROUTINE);
            return;
        }
        if (!surroundings.isCoroutine()) {
            throw in.fault("something is awaited outside coroutines");
        }
        if (in.isKeyword("for")) {
            forLoop();
        } else {
            with();
        }
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
        } else if (in.takeKeyword("async")) {
            function(Surroundings.Kind.COROUTINE);
        } else {
            function(Surroundings.Kind.FUNCTION);
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

    private void function(Surroundings.Kind kind) {
        in.expectKeyword("def");
        List<Expr> decorators = takeDecorators();
        Targets.name(in.word(0), in.at());
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
        in.accept(signature.end());
        in.expect(")");
        if (in.take("->")) {
            annotation();
        }
        define(name, in.at(), new Value.OwnFunction(own), decorators);
        notes.inScope(own, () -> surroundings.in(kind, in.at(), this::block));
    }

    private void annotation() {
        int at = in.at();
        notes.annotation(in.expression());
        surroundings.forget(at);
    }

    private void parameter(Scope own, Signature signature) {
        boolean marked = in.marked(signature);
        if (marked && in.kind() != Tokens.NAME) {
            return;
        }
        int at = in.at();
        String name = in.name();
        Targets.name(name, at);
        own.bind(name, new Binding(at, own, null, null, null));
        if (in.take(":")) {
            if (marked && in.is("*")) {
                notes.annotation(in.starredExpression());
            } else {
                annotation();
            }
        }
        if (marked) {
            in.accept(signature.name(name));
            return;
        }
        in.accept(signature.parameter(name, in.is("=")));
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
        declarations.generic(own);
        do {
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
        } while (in.take(",") && !in.is("]"));
        in.expect("]");
    }

    private void type() {
        in.expectKeyword("class");
        List<Expr> decorators = takeDecorators();
        int at = in.at();
        String name = in.name();
        Targets.name(name, at);
        var own = new Scope(Scope.Kind.CLASS, notes.scope());
        typeParameters(own);
        if (in.is("(")) {
            // its bases are arguments; the class itself calls nothing that is not known
            boolean bracketed = in.word(1).equals("(");
            Expr.Call bases = in.call(new Expr.Constant(new Value.Other("class"), at));
            bases.arguments()
                    .forEach(base -> in.accept(
                            !bracketed
                                            && base instanceof Expr.Comprehension comprehension
                                            && comprehension.isGenerator()
                                    ? "a generator is no base"
                                    : null));
            bases.arguments().forEach(base -> notes.use(base, Fate.DECLARES));
            bases.keywords().forEach(keyword -> notes.use(keyword.value()));
        }
        notes.inScope(own, () -> surroundings.in(Surroundings.Kind.CLASS, in.at(), this::block));
        // its body has run before the class has its name
        define(name, Math.max(at, in.at() - 1), new Value.OwnClass(own), decorators);
    }

    private void simple() {
        if (in.isKeyword("from")) {
            imports.names();
            return;
        }
        if (in.kind() != Tokens.STRING && !in.is("(")) {
            imports.begun();
        }
        if (in.kind() != Tokens.KEYWORD) {
            if (in.kind() == Tokens.NAME && in.word(0).equals("type") && in.kind(1) == Tokens.NAME) {
                typeAlias();
                return;
            }
            expressionStatement();
            return;
        }
        switch (in.word(0)) {
            case "pass" -> in.skip();
            case "break", "continue" -> {
                surroundings.brokeOff(in.at());
                in.skip();
            }
            case "return" -> {
                int at = in.at();
                in.skip();
                if (in.beginsExpression()) {
                    surroundings.leftWith(at);
                    notes.scope().returned(notes.use(in.starredExpressions(), Fate.LEAVES));
                } else {
                    surroundings.left(at);
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
            case "global" -> {
                in.skip();
                do {
                    declarations.global(in.word(0), in.at());
                    notes.scope().declareElsewhere(in.name());
                } while (in.take(","));
            }
            case "nonlocal" -> {
                in.skip();
                do {
                    declarations.nonlocal(in.word(0), in.at());
                    notes.scope().declareElsewhere(in.name());
                } while (in.take(","));
            }
            case "del" -> {
                in.skip();
                Expr target = in.starredExpressions();
                Targets.deleted(target);
                delete(notes.use(target));
            }
            case "import" -> imports.modules();
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
        boolean bare = in.kind() == Tokens.NAME;
        boolean formatted = in.isFormatted();
        Expr first = value();
        if (!formatted && isText(first)) {
            imports.said();
        } else {
            imports.begun();
        }
        if (in.is(":")) {
            Targets.single(first);
            if (bare && first instanceof Expr.Name(String id, int at)) {
                declarations.annotated(id, at);
            }
            in.skip();
            annotation();
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
            targets.forEach(Targets::assigned);
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

    /** One text or several side by side, none of them formatted. */
    private static boolean isText(Expr expr) {
        return switch (expr) {
            case Expr.Constant(Value value, int at) -> value instanceof Value.Text;
            case Expr.Formatted(List<Expr> parts, int at) ->
                parts.size() > 1
                        && parts.stream()
                                .allMatch(part -> part instanceof Expr.Constant(Value value, int where)
                                        && value instanceof Value.Text);
            default -> false;
        };
    }

    private Expr value() {
        return in.isKeyword("yield") ? in.yielded() : in.starredExpressions();
    }

    private void augmented(Expr target) {
        Targets.single(target);
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
