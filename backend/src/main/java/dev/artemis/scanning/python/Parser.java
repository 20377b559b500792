package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions: recursive descent with precedence climbing, over the tokens of one program or field. */
final class Parser extends TokenCursor {

    private static final int MOST_NESTED = 1_000;
    private static final int MOST_TRAILERS = 1_000;
    private static final int MOST_FIELDS = 60;

    private final String text;
    private final Words words;
    private final Literals literals;
    private final int fieldDepth;
    private final WalrusBinder walruses;
    private final Changes changes;
    private final Surroundings surroundings;
    private final Brackets brackets = new Brackets(this);
    private int nested;

    /** Told of each {@code name := value}, which binds in the scope around. */
    @FunctionalInterface
    interface WalrusBinder {
        void bind(String name, Expr value, int at);
    }

    Parser(
            String text,
            Words words,
            Tokens tokens,
            WalrusBinder walruses,
            Changes changes,
            Surroundings surroundings,
            int fieldDepth) {
        super(tokens);
        this.text = text;
        this.words = words;
        this.walruses = walruses;
        this.changes = changes;
        this.surroundings = surroundings;
        this.fieldDepth = fieldDepth;
        this.literals = new Literals(text, this::field);
    }

    private Expr field(int start, int end) {
        if (fieldDepth >= MOST_FIELDS) {
            throw new SyntaxFault("formatted strings are nested too deep", start);
        }
        var parser = new Parser(
                text, words, Lexer.field(text, start, end, words), walruses, changes, surroundings, fieldDepth + 1);
        Expr expr = parser.isKeyword("yield") ? parser.yielded() : parser.starredExpressions();
        if (parser.is("=") && parser.kind(1) == Tokens.END) {
            // f"{total = # with a comment behind it
            parser.skip();
        }
        if (parser.kind() != Tokens.END) {
            throw parser.fault("not an expression");
        }
        return expr;
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    /** {@code a, *b, c}: a tuple, or the one expression there is. */
    final Expr starredExpressions() {
        return expressions(this::unnamed);
    }

    /** The same, in which {@code name := value} may stand. */
    final Expr starredNamedExpressions() {
        return expressions(this::starredExpression);
    }

    private Expr expressions(Supplier<Expr> one) {
        int at = at();
        Expr first = one.get();
        if (!is(",")) {
            if (first instanceof Expr.Starred) {
                throw new SyntaxFault("a star stands alone", at);
            }
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (take(",") && beginsExpression()) {
            items.add(one.get());
        }
        return new Expr.Group(Expr.Kind.TUPLE, items, at);
    }

    private Expr unnamed() {
        int at = at();
        return take("*") ? new Expr.Starred(binary(1), at) : expression();
    }

    final Expr starredExpression() {
        int at = at();
        return take("*") ? new Expr.Starred(binary(1), at) : named();
    }

    final boolean beginsExpression() {
        return switch (kind()) {
            case Tokens.NAME, Tokens.NUMBER, Tokens.STRING -> true;
            case Tokens.KEYWORD ->
                switch (word(0)) {
                    case "None", "True", "False", "not", "lambda", "await", "yield" -> true;
                    default -> false;
                };
            case Tokens.OPERATOR ->
                switch (word(0)) {
                    case "(", "[", "{", "-", "+", "~", "...", "*", "**" -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    /** With {@code name := value}. */
    final Expr named() {
        if (kind() == Tokens.NAME && kind(1) == Tokens.OPERATOR && word(1).equals(":=")) {
            int at = at();
            String name = name();
            skip();
            Expr value = expression();
            Targets.name(name, at);
            surroundings.bound(name, at);
            walruses.bind(name, value, at);
            return new Expr.Walrus(name, value, at);
        }
        return expression();
    }

    final Expr expression() {
        if (standsAlone()) {
            return atom();
        }
        if (++nested > MOST_NESTED) {
            throw fault("nested too deep");
        }
        Expr result = isKeyword("lambda") ? lambda() : choice();
        nested--;
        return result;
    }

    /** One word, and behind it what ends an expression: found at once, without going down through every precedence. */
    private boolean standsAlone() {
        return (kind() == Tokens.NAME || kind() == Tokens.NUMBER)
                && switch (kind(1)) {
                    case Tokens.NEWLINE -> true;
                    case Tokens.OPERATOR -> {
                        String behind = word(1);
                        yield behind.length() == 1 && ",)]}:=;".indexOf(behind.charAt(0)) >= 0;
                    }
                    default -> false;
                };
    }

    private Expr choice() {
        Expr value = or();
        if (!isKeyword("if")) {
            return value;
        }
        int at = value.at();
        skip();
        Expr condition = or();
        expectKeyword("else");
        Expr other = expression();
        return new Expr.Group(
                Expr.Kind.CHOICE, List.of(value, other, new Expr.Group(Expr.Kind.OTHER, List.of(condition), at)), at);
    }

    Expr or() {
        Expr first = and();
        return isKeyword("or") ? repeated(first, "or") : first;
    }

    private Expr and() {
        Expr first = not();
        return isKeyword("and") ? repeated(first, "and") : first;
    }

    private Expr repeated(Expr first, String keyword) {
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (takeKeyword(keyword)) {
            parts.add(keyword.equals("or") ? and() : not());
        }
        return new Expr.Group(Expr.Kind.CHOICE, parts, first.at());
    }

    private Expr not() {
        if (!isKeyword("not")) {
            return comparison();
        }
        int at = at();
        int count = 0;
        while (takeKeyword("not")) {
            count++;
        }
        Expr of = comparison();
        return count == 0 ? of : new Expr.Group(Expr.Kind.OTHER, List.of(of), at);
    }

    private Expr comparison() {
        Expr first = binary(1);
        if (!takeComparison()) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        do {
            parts.add(binary(1));
        } while (takeComparison());
        return new Expr.Group(Expr.Kind.OTHER, parts, first.at());
    }

    private boolean takeComparison() {
        switch (kind()) {
            case Tokens.OPERATOR -> {
                switch (word(0)) {
                    case "<", ">", "==", ">=", "<=", "!=" -> {
                        skip();
                        return true;
                    }
                    default -> {
                        return false;
                    }
                }
            }
            case Tokens.KEYWORD -> {
                if (takeKeyword("in")) {
                    return true;
                }
                if (takeKeyword("is")) {
                    takeKeyword("not");
                    return true;
                }
                if (isKeyword("not") && kind(1) == Tokens.KEYWORD && word(1).equals("in")) {
                    skip();
                    skip();
                    return true;
                }
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    /** Of an operator between two operands; 0 for what is none. */
    private static int precedence(String operator) {
        if (operator.length() == 1) {
            return switch (operator.charAt(0)) {
                case '|' -> 1;
                case '^' -> 2;
                case '&' -> 3;
                case '+', '-' -> 5;
                case '*', '/', '%', '@' -> 6;
                default -> 0;
            };
        }
        return switch (operator) {
            case "<<", ">>" -> 4;
            case "//" -> 6;
            default -> 0;
        };
    }

    /** Operators of at least that precedence. A run of one precedence is one node, however long it is. */
    final Expr binary(int least) {
        Expr left = unary();
        int run = 0;
        List<Expr> operands = List.of();
        List<String> operators = List.of();
        while (kind() == Tokens.OPERATOR) {
            int precedence = precedence(word(0));
            if (precedence < least || precedence == 0) {
                break;
            }
            if (precedence != run) {
                left = run == 0 ? left : new Expr.Chain(operands, operators, left.at());
                run = precedence;
                operands = new ArrayList<>(List.of(left));
                operators = new ArrayList<>();
            }
            operators.add(word(0));
            skip();
            operands.add(binary(precedence + 1));
        }
        return run == 0 ? left : new Expr.Chain(operands, operators, left.at());
    }

    private Expr unary() {
        if (!is("-") && !is("+") && !is("~")) {
            return power();
        }
        int at = at();
        List<String> signs = new ArrayList<>();
        while (is("-") || is("+") || is("~")) {
            signs.add(word(0));
            skip();
        }
        Expr of = power();
        return signs.size() == 1
                ? new Expr.Unary(signs.getFirst(), of, at)
                : new Expr.Group(Expr.Kind.OTHER, List.of(of), at);
    }

    private Expr power() {
        int at = at();
        Expr base = isKeyword("await") ? awaited() : trailers();
        if (!is("**")) {
            return base;
        }
        skip();
        if (++nested > MOST_NESTED) {
            throw fault("nested too deep");
        }
        Expr exponent = unary();
        nested--;
        return new Expr.Chain(List.of(base, exponent), List.of("**"), at);
    }

    private Expr awaited() {
        int at = at();
        surroundings.awaited(at);
        skip();
        return new Expr.Group(Expr.Kind.OTHER, List.of(trailers()), at);
    }

    private Expr trailers() {
        Expr of = atom();
        int count = 0;
        while (kind() == Tokens.OPERATOR) {
            if (is(".")) {
                skip();
                of = new Expr.Attribute(of, name(), of.at());
            } else if (is("(")) {
                of = call(of);
            } else if (is("[")) {
                skip();
                of = new Expr.Index(of, slices(), of.at());
                expect("]");
            } else {
                break;
            }
            if (++count > MOST_TRAILERS) {
                throw fault("a chain too long");
            }
        }
        return of;
    }

    final Expr.Call call(Expr function) {
        expect("(");
        List<Expr> arguments = new ArrayList<>(2);
        List<Expr.Keyword> keywords = List.of();
        Set<String> names = Set.of();
        boolean unpacked = false;
        boolean generator = false;
        while (!is(")")) {
            int at = at();
            if (take("*")) {
                if (unpacked) {
                    throw fault("a list is unpacked behind a mapping");
                }
                arguments.add(new Expr.Starred(expression(), at));
            } else if (take("**")) {
                unpacked = true;
                keywords = with(keywords, new Expr.Keyword(null, expression()));
            } else if (kind() == Tokens.NAME && kind(1) == Tokens.OPERATOR && word(1).equals("=")) {
                String name = name();
                Targets.name(name, at);
                names = names.isEmpty() ? new HashSet<>() : names;
                if (!names.add(name)) {
                    throw new SyntaxFault("an argument is named twice", at);
                }
                skip();
                keywords = with(keywords, new Expr.Keyword(name, expression()));
            } else {
                if (!keywords.isEmpty()) {
                    throw fault("an argument without a name follows one with");
                }
                Expr argument = named();
                generator = brackets.beginsComprehension();
                if (generator && !arguments.isEmpty()) {
                    throw fault("a generator is not the only argument");
                }
                arguments.add(generator ? brackets.comprehension(Expr.Kind.OTHER, List.of(argument), at) : argument);
            }
            if (!take(",")) {
                break;
            }
            if (generator) {
                throw fault("a generator is not the only argument");
            }
        }
        expect(")");
        changes.called(function, arguments);
        return new Expr.Call(function, arguments, keywords, function.at());
    }

    private static List<Expr.Keyword> with(List<Expr.Keyword> keywords, Expr.Keyword keyword) {
        List<Expr.Keyword> more = keywords.isEmpty() ? new ArrayList<>(2) : keywords;
        more.add(keyword);
        return more;
    }

    private Expr slices() {
        int at = at();
        Expr first = slice();
        if (!is(",")) {
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (take(",") && !is("]")) {
            items.add(slice());
        }
        return new Expr.Group(Expr.Kind.TUPLE, items, at);
    }

    /** Whether it is a star, or a {@code name := value} without parentheses around it. */
    static boolean isBare(Expr expr, int first) {
        return expr instanceof Expr.Starred || (expr instanceof Expr.Walrus walrus && walrus.at() == first);
    }

    private Expr slice() {
        int at = at();
        Expr from = is(":") ? null : starredExpression();
        if (!take(":")) {
            if (from == null) {
                throw fault("a key was expected");
            }
            return from;
        }
        accept(from != null && isBare(from, at) ? "a slice begins with something else" : null);
        Expr to = is(":") || is("]") || is(",") ? null : expression();
        Expr step = take(":") && !is("]") && !is(",") ? expression() : null;
        return new Expr.Slice(from, to, step, at);
    }

    private Expr atom() {
        int at = at();
        switch (kind()) {
            case Tokens.NAME -> {
                return new Expr.Name(name(), at);
            }
            case Tokens.NUMBER -> {
                skip();
                return literals.number(at, endBefore());
            }
            case Tokens.STRING -> {
                return strings();
            }
            case Tokens.KEYWORD -> {
                if (isKeyword("None") || isKeyword("True") || isKeyword("False")) {
                    String word = word(0);
                    skip();
                    return new Expr.Constant(new Value.Other(word), at);
                }
            }
            case Tokens.OPERATOR -> {
                switch (word(0)) {
                    case "(" -> {
                        return brackets.parenthesised();
                    }
                    case "[" -> {
                        return brackets.list();
                    }
                    case "{" -> {
                        return brackets.dictOrSet();
                    }
                    case "..." -> {
                        skip();
                        return new Expr.Constant(new Value.Other("..."), at);
                    }
                    default -> {}
                }
            }
            default -> {}
        }
        throw fault("an expression was expected");
    }

    private Expr strings() {
        int at = at();
        Expr first = literals.string(at, end());
        skip();
        if (kind() != Tokens.STRING) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        boolean bytes = isBytes(first);
        while (kind() == Tokens.STRING) {
            parts.add(literals.string(at(), end()));
            if (isBytes(parts.getLast()) != bytes) {
                throw fault("bytes and text stand together");
            }
            skip();
        }
        return bytes
                ? new Expr.Chain(parts, java.util.Collections.nCopies(parts.size() - 1, "+"), at)
                : new Expr.Formatted(parts, at);
    }

    /** Whether a text with fields is next. */
    final boolean isFormatted() {
        int quote = at();
        while (kind() == Tokens.STRING && text.charAt(quote) != '"' && text.charAt(quote) != '\'') {
            quote++;
        }
        return kind() == Tokens.STRING && StringBounds.isFormatted(text, at(), quote);
    }

    private static boolean isBytes(Expr literal) {
        return literal instanceof Expr.Constant(Value.Binary(String content), int ignored);
    }

    /** Targets of a loop: {@code a, (b, *c)}. */
    final Expr targets() {
        int at = at();
        Expr first = target();
        if (!is(",")) {
            Targets.assigned(first);
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (take(",") && beginsExpression()) {
            items.add(target());
        }
        var all = new Expr.Group(Expr.Kind.TUPLE, items, at);
        Targets.assigned(all);
        return all;
    }

    private Expr target() {
        int at = at();
        return take("*") ? new Expr.Starred(trailers(), at) : trailers();
    }

    Expr lambda() {
        int at = at();
        expectKeyword("lambda");
        List<Expr.Parameter> parameters = new ArrayList<>();
        var signature = new Signature();
        while (!is(":")) {
            if (!marked(signature)) {
                String name = name();
                Expr byDefault = take("=") ? expression() : null;
                parameters.add(new Expr.Parameter(name, byDefault));
                accept(signature.parameter(name, byDefault != null));
            } else if (kind() == Tokens.NAME) {
                parameters.add(new Expr.Parameter(name(), null));
                accept(signature.name(parameters.getLast().name()));
            }
            if (!take(",")) {
                break;
            }
        }
        accept(signature.end());
        expect(":");
        Expr body = surroundings.inLambda(at(), this::expression);
        return new Expr.Lambda(parameters, body, at);
    }

    /** Takes a slash, or the stars before a parameter's name or without one. */
    final boolean marked(Signature signature) {
        if (take("/")) {
            accept(signature.slash());
            accept(kind() == Tokens.NAME ? "a name follows a slash" : null);
        } else if (take("**")) {
            accept(signature.mapping());
            accept(kind() == Tokens.NAME ? null : "a name is wanted behind two stars");
        } else if (take("*")) {
            accept(signature.star(kind() == Tokens.NAME));
        } else {
            return false;
        }
        return true;
    }

    final void accept(@Nullable String refusal) {
        if (refusal != null) {
            throw fault(refusal);
        }
    }

    final Expr yielded() {
        int at = at();
        expectKeyword("yield");
        if (takeKeyword("from")) {
            surroundings.delegated(at);
            return new Expr.Group(Expr.Kind.OTHER, List.of(expression()), at);
        }
        surroundings.yielded(at);
        return new Expr.Group(Expr.Kind.OTHER, beginsExpression() ? List.of(starredExpressions()) : List.of(), at);
    }
}
