package dev.artemis.scanning.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the text around a place allows there: Python's grammar takes {@code await}, {@code yield}, {@code return} and
 * {@code break} anywhere, and its compiler refuses them where they mean nothing. An element is read before the {@code for}
 * that makes it part of a comprehension, so what was met is kept, in the order of its places, until it is known what it
 * stands in.
 */
final class Surroundings {

    /** Of a body. */
    enum Kind {
        MODULE,
        CLASS,
        FUNCTION,
        COROUTINE
    }

    private record Bound(String name, int at) {}

    private final Places awaits = new Places();
    private final Places yields = new Places();
    private final Places delegations = new Places();
    private final List<Bound> walruses = new ArrayList<>(0);
    private Kind kind = Kind.MODULE;
    private boolean loop;
    private boolean groupHandler;
    private boolean lambda;
    private int returned = -1;

    void awaited(int at) {
        awaits.add(at);
    }

    void yielded(int at) {
        yields.add(at);
    }

    /** {@code yield from}. */
    void delegated(int at) {
        yields.add(at);
        delegations.add(at);
    }

    void bound(String name, int at) {
        walruses.add(new Bound(name, at));
    }

    Kind kind() {
        return kind;
    }

    boolean isCoroutine() {
        return kind == Kind.COROUTINE;
    }

    /** {@code return}. */
    void left(int at) {
        if (kind == Kind.MODULE || kind == Kind.CLASS) {
            throw new SyntaxFault("a return stands outside functions", at);
        }
        if (groupHandler) {
            throw new SyntaxFault("a return stands in the handler of a group", at);
        }
    }

    /** {@code return value}. */
    void leftWith(int at) {
        left(at);
        returned = returned < 0 ? at : returned;
    }

    /** {@code break} and {@code continue}. */
    void brokeOff(int at) {
        if (!loop) {
            throw new SyntaxFault("a break or continue stands outside loops", at);
        }
    }

    /** The body of a loop, which can be left. */
    void inLoop(Runnable body) {
        boolean around = loop;
        loop = true;
        body.run();
        loop = around;
    }

    /** What handles the exceptions of a group, {@code except*}: nothing leaves it. */
    void inGroupHandler(Runnable body) {
        boolean aroundLoop = loop;
        boolean around = groupHandler;
        loop = false;
        groupHandler = true;
        body.run();
        loop = aroundLoop;
        groupHandler = around;
    }

    /** The body of a function or class that begins there. */
    void in(Kind own, int at, Runnable body) {
        Kind aroundKind = kind;
        boolean aroundLoop = loop;
        boolean aroundHandler = groupHandler;
        int aroundReturned = returned;
        kind = own;
        loop = false;
        groupHandler = false;
        returned = -1;
        body.run();
        closeBody(at);
        kind = aroundKind;
        loop = aroundLoop;
        groupHandler = aroundHandler;
        returned = aroundReturned;
    }

    /** Judges what was met in a body since there. */
    void closeBody(int from) {
        int await = awaits.takeFrom(from);
        int yield = yields.takeFrom(from);
        int delegation = delegations.takeFrom(from);
        forgetWalruses(from);
        if (await >= 0 && kind != Kind.COROUTINE) {
            throw new SyntaxFault("something is awaited outside coroutines", await);
        }
        if (yield >= 0 && (kind == Kind.MODULE || kind == Kind.CLASS)) {
            throw new SyntaxFault("a yield stands outside functions", yield);
        }
        if (delegation >= 0 && kind == Kind.COROUTINE) {
            throw new SyntaxFault("a coroutine yields from another", delegation);
        }
        if (yield >= 0 && returned >= 0 && kind == Kind.COROUTINE) {
            throw new SyntaxFault("a generator that awaits returns a value", returned);
        }
    }

    /** The body of a lambda that begins there: it may yield, and nothing in it waits. */
    Expr inLambda(int from, Supplier<Expr> body) {
        boolean around = lambda;
        lambda = true;
        Expr read = body.get();
        closeLambda(from);
        lambda = around;
        return read;
    }

    private void closeLambda(int from) {
        int await = awaits.takeFrom(from);
        if (await >= 0) {
            throw new SyntaxFault("something is awaited outside coroutines", await);
        }
        yields.takeFrom(from);
        delegations.takeFrom(from);
        forgetWalruses(from);
    }

    /** What is evaluated in ways that differ between Pythons: nothing is said of it. */
    void forget(int from) {
        awaits.takeFrom(from);
        yields.takeFrom(from);
        delegations.takeFrom(from);
        forgetWalruses(from);
    }

    /** Part of a comprehension, from there. @return whether it waits for something */
    boolean closePart(int from) {
        int yield = yields.takeFrom(from);
        if (yield >= 0) {
            throw new SyntaxFault("a yield stands in a comprehension", yield);
        }
        return awaits.takeFrom(from) >= 0;
    }

    /** What a comprehension goes through, from there, may bind nothing. */
    void closeIterable(int from) {
        if (!walruses.isEmpty() && walruses.getLast().at() >= from) {
            throw new SyntaxFault(
                    "what a comprehension goes through binds a name",
                    walruses.getLast().at());
        }
    }

    /** A comprehension from there with such clauses: nothing in it binds the names of their targets again. */
    void closeComprehension(int from, List<Expr.Clause> clauses) {
        Set<String> names = new HashSet<>(0);
        if (!walruses.isEmpty() && walruses.getLast().at() >= from) {
            clauses.forEach(clause -> collect(clause.target(), names));
        }
        for (int i = walruses.size() - 1; i >= 0 && walruses.get(i).at() >= from; i--) {
            Bound bound = walruses.get(i);
            if ((kind == Kind.CLASS && !lambda) || names.contains(bound.name())) {
                throw new SyntaxFault("a comprehension binds a name that it cannot", bound.at());
            }
        }
    }

    private static void collect(Expr target, Set<String> names) {
        switch (target) {
            case Expr.Name(String id, int at) -> names.add(id);
            case Expr.Group group -> group.parts().forEach(part -> collect(part, names));
            case Expr.Starred(Expr of, int at) -> collect(of, names);
            default -> {}
        }
    }

    private void forgetWalruses(int from) {
        while (!walruses.isEmpty() && walruses.getLast().at() >= from) {
            walruses.removeLast();
        }
    }

    /** Places in a text, each behind the one before. */
    private static final class Places {

        private int[] places = new int[8];
        private int count;

        void add(int place) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
            }
            places[count++] = place;
        }

        /** Takes off those from there on. @return the first of them; -1: there is none */
        int takeFrom(int from) {
            int first = -1;
            while (count > 0 && places[count - 1] >= from) {
                first = places[--count];
            }
            return first;
        }
    }
}
