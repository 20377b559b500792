package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        LEAVES
    }

    /** An expression, and where it is evaluated. */
    record Use(Expr expr, Scope scope, Fate fate) {}

    private final Parser in;
    private final List<Use> uses = new ArrayList<>();
    private final List<String> annotations = new ArrayList<>();
    private final Changes changes = new Changes();
    private final Scope module = new Scope(Scope.Kind.MODULE, null);
    private Scope scope = module;
    private Binding.@Nullable Region region;
    private List<Expr> decorators = List.of();

    private Program(String text) {
        var words = new Words();
        this.in = new Parser(text, words, Lexer.program(text, words), this::walrus, changes, 0);
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
        return module;
    }

    List<Use> uses() {
        return uses;
    }

    /** Annotations that are texts: some tools evaluate them. */
    List<String> annotations() {
        return annotations;
    }

    Changes changes() {
        return changes;
    }

    // -- what is noted

    /** A literal by itself does nothing; an import is a constant too, and is looked at. */
    private Expr use(Expr expr) {
        return use(expr, Fate.STAYS);
    }

    private Expr use(Expr expr, Fate fate) {
        boolean says = !(expr instanceof Expr.Constant(Value value, int at))
                || value instanceof Value.Symbol
                || value instanceof Value.Text;
        if (says) {
            uses.add(new Use(expr, scope, fate));
        }
        return expr;
    }

    private void annotation(Expr expr) {
        use(expr);
        note(expr);
    }

    private void note(Expr annotation) {
        if (annotation instanceof Expr.Constant(Value.Text(String text), int at)) {
            annotations.add(text);
        }
        annotation.parts().forEach(this::note);
    }

    private void walrus(String name, Expr value, int at) {
        // within a lambda or a branch, for all that is known here
        scope.bind(name, new Binding(at, scope, new Binding.Region(Integer.MAX_VALUE), value, null));
    }

    private void bind(String name, int at, @Nullable Expr value) {
        scope.bind(name, new Binding(at, scope, region, value, null));
    }

    private void bindKnown(String name, int at, Value value) {
        scope.bind(name, new Binding(at, scope, region, null, value));
    }

    /**
     * Assigns to a target; attributes and items bind no name, but what they belong to is evaluated. A name is bound when
     * all that was read so far has been evaluated: in {@code eval = eval} the second is still Python's own.
     */
    private void assign(Expr target, @Nullable Expr value) {
        switch (target) {
            case Expr.Name(String id, int at) -> {
                bind(id, in.at(), value);
                if (value instanceof Expr.Name(String other, int otherAt)) {
                    changes.same(id, other);
                }
            }
            case Expr.Attribute attribute -> use(attribute);
            case Expr.Index index -> {
                changes.changed(index.of());
                use(index);
            }
            case Expr.Starred(Expr of, int ignored) -> assign(of, null);
            case Expr.Group(Expr.Kind kind, List<Expr> parts, int at)
            when kind == Expr.Kind.TUPLE || kind == Expr.Kind.LIST -> {
                boolean pairwise = value instanceof Expr.Group group
                        && group.parts().size() == parts.size()
                        && group.parts().stream().noneMatch(Expr.Starred.class::isInstance)
                        && parts.stream().noneMatch(Expr.Starred.class::isInstance);
                for (int i = 0; i < parts.size(); i++) {
                    assign(
                            parts.get(i),
                            pairwise && value instanceof Expr.Group group
                                    ? group.parts().get(i)
                                    : null);
                }
            }
            default -> throw new SyntaxFault("nothing that can be assigned to", target.at());
        }
    }

    // -- statements

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
        } else if (in.kind() == Tokens.NAME && in.word(0).equals("match") && beginsMatch()) {
            match();
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
        Binding.Region around = region;
        var own = new Binding.Region(in.at());
        region = own;
        block();
        own.close(in.at());
        region = around;
    }

    private void inRegion(Runnable work) {
        Binding.Region around = region;
        var own = new Binding.Region(in.at());
        region = own;
        work.run();
        own.close(in.at());
        region = around;
    }

    private void conditional() {
        in.skip();
        use(in.named());
        branch();
        while (in.takeKeyword("elif")) {
            use(in.named());
            branch();
        }
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void loop() {
        in.skip();
        use(in.named());
        branch();
        if (in.takeKeyword("else")) {
            branch();
        }
    }

    private void forLoop() {
        in.expectKeyword("for");
        inRegion(() -> {
            int at = in.at();
            Expr target = in.targets();
            in.expectKeyword("in");
            Expr iterable = use(in.starredExpressions());
            assign(target, new Expr.ElementOf(iterable, at));
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
            inRegion(this::handler);
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
            use(in.starredExpressions());
            if (in.takeKeyword("as")) {
                bind(in.name(), in.at(), null);
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
        block();
    }

    private void withItem() {
        use(in.starredExpression());
        if (in.takeKeyword("as")) {
            assign(in.starredExpression(), null);
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
            decorators.add(use(in.named()));
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
        bindKnown(name, at, defined);
        if (!decorators.isEmpty()) {
            Expr made = new Expr.Constant(defined, at);
            for (Expr decorator : decorators.reversed()) {
                made = new Expr.Call(decorator, List.of(made), List.of(), at);
            }
            bind(name, at, new Expr.Decorated(defined, made, at));
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
        var own = new Scope(Scope.Kind.FUNCTION, scope);
        typeParameters(own);
        in.expect("(");
        while (!in.is(")")) {
            parameter(own);
            if (!in.take(",")) {
                break;
            }
        }
        in.expect(")");
        if (in.take("->")) {
            annotation(in.expression());
        }
        define(name, in.at(), new Value.OwnFunction(own), decorators);
        inScope(own, this::block);
    }

    private void parameter(Scope own) {
        if (in.take("/")) {
            return;
        }
        if (in.take("**") || in.take("*")) {
            if (in.kind() != Tokens.NAME) {
                return;
            }
        }
        int at = in.at();
        String name = in.name();
        own.bind(name, new Binding(at, own, null, null, null));
        if (in.take(":")) {
            annotation(in.starredExpression());
        }
        if (in.take("=")) {
            Expr byDefault = use(in.expression(), Fate.LEAVES);
            if (!(byDefault instanceof Expr.Constant(Value.Other other, int otherAt))) {
                own.bind(name, new Binding(at, scope, null, byDefault, null));
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
                use(in.expression());
            }
            if (in.take("=")) {
                use(in.starredExpression());
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
        var own = new Scope(Scope.Kind.CLASS, scope);
        typeParameters(own);
        if (in.is("(")) {
            // its bases are arguments; the class itself calls nothing that is not known
            Expr.Call bases = in.call(new Expr.Constant(new Value.Other("class"), at));
            bases.parts().forEach(this::use);
        }
        inScope(own, this::block);
        // its body has run before the class has its name
        define(name, Math.max(at, in.at() - 1), new Value.OwnClass(own), decorators);
    }

    private void inScope(Scope own, Runnable work) {
        Scope around = scope;
        Binding.Region aroundRegion = region;
        scope = own;
        region = null;
        work.run();
        scope = around;
        region = aroundRegion;
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
                    scope.returned(use(in.isKeyword("yield") ? in.yielded() : in.starredExpressions(), Fate.LEAVES));
                }
            }
            case "raise" -> {
                in.skip();
                if (in.beginsExpression()) {
                    use(in.expression());
                    if (in.takeKeyword("from")) {
                        use(in.expression());
                    }
                }
            }
            case "assert" -> {
                in.skip();
                use(in.expression());
                if (in.take(",")) {
                    use(in.expression());
                }
            }
            case "global", "nonlocal" -> {
                in.skip();
                do {
                    scope.declareElsewhere(in.name());
                } while (in.take(","));
            }
            case "del" -> {
                in.skip();
                delete(use(in.starredExpressions()));
            }
            case "import" -> importModules();
            case "from" -> importNames();
            default -> expressionStatement();
        }
    }

    private void typeAlias() {
        in.skip();
        String name = in.name();
        typeParameters(new Scope(Scope.Kind.FUNCTION, scope));
        in.expect("=");
        use(in.expression());
        bind(name, in.at(), null);
    }

    private void delete(Expr target) {
        switch (target) {
            case Expr.Name(String id, int at) -> scope.delete(id, at);
            case Expr.Index index -> changes.changed(index.of());
            case Expr.Group group -> group.parts().forEach(this::delete);
            default -> {}
        }
    }

    private void expressionStatement() {
        Expr first = in.isKeyword("yield") ? in.yielded() : in.starredExpressions();
        if (in.take(":")) {
            annotation(in.expression());
            Expr value = in.take("=") ? value() : null;
            if (value == null) {
                declared(first);
            } else {
                assign(first, use(value, fate(List.of(first))));
            }
        } else if (in.kind() == Tokens.OPERATOR && AUGMENTED.contains(in.word(0))) {
            augmented(first);
        } else if (in.is("=")) {
            List<Expr> targets = new ArrayList<>(List.of(first));
            while (in.take("=")) {
                targets.add(value());
            }
            Expr value = targets.removeLast();
            use(value, fate(targets));
            targets.forEach(target -> assign(target, value));
            for (int i = 1; i < targets.size(); i++) {
                if (targets.getFirst() instanceof Expr.Name(String one, int oneAt)
                        && targets.get(i) instanceof Expr.Name(String other, int otherAt)) {
                    changes.same(one, other);
                }
            }
        } else {
            use(first);
        }
    }

    /** A name can be followed, unless it is a class's, whose objects have it too. */
    private Fate fate(List<Expr> targets) {
        boolean named = scope.kind() != Scope.Kind.CLASS
                && targets.stream().allMatch(target -> target instanceof Expr.Name || target instanceof Expr.Group);
        return named ? Fate.STAYS : Fate.LEAVES;
    }

    /** {@code name: type} gives no value: in a function it makes the name local, elsewhere it does nothing. */
    private void declared(Expr target) {
        if (target instanceof Expr.Name(String id, int at)) {
            if (scope.kind() == Scope.Kind.FUNCTION) {
                bind(id, at, null);
            }
        } else {
            use(target);
        }
    }

    private Expr value() {
        return in.isKeyword("yield") ? in.yielded() : in.starredExpressions();
    }

    private void augmented(Expr target) {
        String operator = in.word(0).substring(0, in.word(0).length() - 1);
        in.skip();
        Expr more = use(value());
        if (!(target instanceof Expr.Name(String id, int at))) {
            use(target);
            return;
        }
        List<Binding> before = scope.bindings(id);
        Expr earlier = before.isEmpty() ? new Expr.Name(id, at) : new Expr.Earlier(before.getLast(), at);
        bind(id, in.at(), new Expr.Chain(List.of(earlier, more), List.of(operator), at));
    }

    private void importModules() {
        in.skip();
        do {
            int at = in.at();
            String first = in.name();
            String path = dotted(first);
            if (in.takeKeyword("as")) {
                bindKnown(in.name(), at, new Value.Symbol(path));
            } else {
                bindKnown(first, at, new Value.Symbol(first));
            }
            use(new Expr.Constant(new Value.Symbol(path), at), fate(List.of()));
        } while (in.take(","));
    }

    private String dotted(String first) {
        if (!in.is(".")) {
            return first;
        }
        var path = new StringBuilder(first);
        while (in.take(".")) {
            path.append('.').append(in.name());
        }
        return path.toString();
    }

    private void importNames() {
        in.skip();
        int moduleAt = in.at();
        boolean relative = false;
        while (in.take(".") || in.take("...")) {
            relative = true;
        }
        String path = "";
        if (!in.isKeyword("import")) {
            path = dotted(in.name());
        } else if (!relative) {
            throw in.fault("a module was expected");
        }
        String from = relative ? "." + path : path;
        in.expectKeyword("import");
        if (in.take("*")) {
            scope.star(from);
            use(new Expr.Constant(new Value.Symbol(from), moduleAt));
            return;
        }
        boolean parenthesised = in.take("(");
        do {
            if (parenthesised && in.is(")")) {
                break;
            }
            int at = in.at();
            String name = in.name();
            String alias = in.takeKeyword("as") ? in.name() : name;
            bindKnown(alias, at, new Value.Symbol(from + "." + name));
            use(new Expr.Constant(new Value.Symbol(from + "." + name), at), fate(List.of()));
        } while (in.take(","));
        if (parenthesised) {
            in.expect(")");
        }
    }

    // -- match

    /** A line that ends in a colon with "case" in the block behind it: nothing else looks like that. */
    private boolean beginsMatch() {
        int ahead = in.aheadToLineEnd();
        return ahead > 2
                && in.kind(ahead - 1) == Tokens.OPERATOR
                && in.word(ahead - 1).equals(":")
                && in.kind(ahead + 1) == Tokens.INDENT
                && in.kind(ahead + 2) == Tokens.NAME
                && in.word(ahead + 2).equals("case");
    }

    private void match() {
        in.skip();
        use(in.starredExpressions(), Fate.LEAVES);
        in.expect(":");
        in.expectKind(Tokens.NEWLINE);
        in.expectKind(Tokens.INDENT);
        while (in.kind() == Tokens.NAME && in.word(0).equals("case")) {
            in.skip();
            inRegion(this::matchCase);
        }
        in.expectKind(Tokens.DEDENT);
    }

    private void matchCase() {
        patterns(":");
        if (in.takeKeyword("if")) {
            use(in.named());
        }
        block();
    }

    private void patterns(String end) {
        do {
            if (in.is(end) || in.isKeyword("if")) {
                return;
            }
            pattern();
        } while (in.take(","));
    }

    private void pattern() {
        if (in.take("*")) {
            capture();
            return;
        }
        do {
            closedPattern();
        } while (in.take("|"));
        if (in.takeKeyword("as")) {
            capture();
        }
    }

    private void capture() {
        int at = in.at();
        String name = in.name();
        if (!name.equals("_")) {
            bind(name, at, null);
        }
    }

    private void closedPattern() {
        if (in.take("(")) {
            patterns(")");
            in.expect(")");
        } else if (in.take("[")) {
            patterns("]");
            in.expect("]");
        } else if (in.take("{")) {
            mappingPattern();
        } else if (in.kind() == Tokens.NAME) {
            namePattern();
        } else {
            // a literal: a number with its sign, a complex number, a string, None
            use(literal());
        }
    }

    private Expr literal() {
        return in.binary(5);
    }

    private void mappingPattern() {
        while (!in.is("}")) {
            if (in.take("**")) {
                capture();
            } else {
                use(literal());
                in.expect(":");
                pattern();
            }
            if (!in.take(",")) {
                break;
            }
        }
        in.expect("}");
    }

    private void namePattern() {
        int at = in.at();
        boolean plain = !(in.kind(1) == Tokens.OPERATOR
                && (in.word(1).equals(".") || in.word(1).equals("(")));
        if (plain) {
            capture();
            return;
        }
        Expr of = new Expr.Name(in.name(), at);
        while (in.take(".")) {
            of = new Expr.Attribute(of, in.name(), at);
        }
        use(of);
        if (in.take("(")) {
            while (!in.is(")")) {
                if (in.kind() == Tokens.NAME
                        && in.kind(1) == Tokens.OPERATOR
                        && in.word(1).equals("=")) {
                    in.skip();
                    in.skip();
                }
                pattern();
                if (!in.take(",")) {
                    break;
                }
            }
            in.expect(")");
        }
    }
}
