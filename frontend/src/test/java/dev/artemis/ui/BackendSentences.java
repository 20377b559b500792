package dev.artemis.ui;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The English sentences that the backend's own sources hand to whoever shows them on a page: arguments of the calls that make a
 * finding, a verdict, a remark. What is put together while running stands for itself as {@value #PLACE}.
 */
final class BackendSentences extends TreeScanner<@Nullable Void, @Nullable Void> {

    /** Stands where something is put in. */
    static final String PLACE = "‹x›";

    /** Calls, by the end of their name, whose texts reach a page. */
    private static final Set<String> SAY = Set.of(
            "Finding.pass",
            "Finding.warn",
            "Finding.fail",
            "KeyVerdict",
            "Attempt.Failed",
            "Delivery.Failed",
            "Delivery.Uncertain",
            "Answer.Unreachable",
            "Answer.Forbidden",
            "NotAPrice",
            "Found.Nothing",
            "UnpricedPart",
            "Unreadable",
            "holds.add",
            "lacks.add",
            "concerns.add",
            "broken.add",
            "doubts.add",
            "Rule",
            "high",
            "medium",
            "low",
            "find",
            "none");

    private static final int MOST_OF_ONE = 64;

    private final Set<String> sentences = new LinkedHashSet<>();
    private final Map<String, ExpressionTree> known = new HashMap<>();

    private BackendSentences() {}

    /** All of them, from sources below that folder. */
    static Set<String> in(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Set<String> all = new LinkedHashSet<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);
                Stream<Path> paths = Files.walk(sources)) {
            List<Path> java = paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(BackendSentences::says)
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                var scanner = new BackendSentences();
                scanner.scan(unit, null);
                all.addAll(scanner.sentences);
            }
        }
        return all;
    }

    private static boolean says(Path path) {
        try {
            String text = Files.readString(path);
            return SAY.stream().anyMatch(call -> text.contains(call + "("));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree field && field.getInitializer() != null) {
                known.put(field.getName().toString(), field.getInitializer());
            }
        }
        return super.visitClass(type, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        method.getParameters()
                .forEach(parameter -> known.remove(parameter.getName().toString()));
        return super.visitMethod(method, nothing);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
        if (variable.getInitializer() != null) {
            known.put(variable.getName().toString(), variable.getInitializer());
        }
        return super.visitVariable(variable, nothing);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
        said(call.getMethodSelect().toString(), call.getArguments());
        return super.visitMethodInvocation(call, nothing);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
        said(made.getIdentifier().toString(), made.getArguments());
        return super.visitNewClass(made, nothing);
    }

    private void said(String name, List<? extends ExpressionTree> arguments) {
        if (SAY.stream().anyMatch(call -> name.equals(call) || name.endsWith("." + call))) {
            for (ExpressionTree argument : arguments) {
                texts(argument, 0).stream()
                        .filter(BackendSentences::isASentence)
                        .forEach(sentences::add);
            }
        }
    }

    /** Words, not an id, an address or a place alone. */
    private static boolean isASentence(String text) {
        String words = text.replace(PLACE, "").strip();
        return words.contains(" ") && words.matches("(?s).*[a-z]{2}.*") && !words.startsWith("http");
    }

    /** Every text that an expression may be. */
    private List<String> texts(@Nullable ExpressionTree expression, int deep) {
        if (expression == null || deep > 8) {
            return List.of(PLACE);
        }
        return switch (expression) {
            case LiteralTree literal when literal.getValue() instanceof String text -> List.of(text);
            case LiteralTree literal -> List.of(String.valueOf(literal.getValue()));
            case ParenthesizedTree inner -> texts(inner.getExpression(), deep + 1);
            case ConditionalExpressionTree choice -> {
                List<String> both = new ArrayList<>(texts(choice.getTrueExpression(), deep + 1));
                both.addAll(texts(choice.getFalseExpression(), deep + 1));
                yield both;
            }
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> {
                List<String> all = new ArrayList<>();
                for (String left : texts(sum.getLeftOperand(), deep + 1)) {
                    for (String right : texts(sum.getRightOperand(), deep + 1)) {
                        all.add(left + right);
                    }
                }
                yield all.size() > MOST_OF_ONE ? List.of(PLACE) : all;
            }
            case IdentifierTree name
            when known.containsKey(name.getName().toString()) ->
                texts(known.get(name.getName().toString()), deep + 1);
            case MethodInvocationTree call
            when call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("formatted") ->
                texts(select.getExpression(), deep + 1).stream()
                        .map(text -> text.replaceAll("%[sd]", PLACE))
                        .toList();
            default -> List.of(PLACE);
        };
    }
}
