package dev.artemis.scanning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTreeCursor;
import org.treesitter.TreeSitterPython;

/** A first slice: direct calls of eval, exec and compile, and what cannot be parsed. */
final class PythonScan {

    private static final Set<String> BUILTINS = Set.of("eval", "exec", "compile", "__import__");

    Scanned scan(String code) {
        byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
        List<Finding> findings = new ArrayList<>();
        try (var parser = new TSParser()) {
            parser.setLanguage(new TreeSitterPython());
            TSNode root = parser.parseString(null, code).getRootNode();
            if (root.hasError()) {
                return Scanned.unparsable();
            }
            try (var cursor = new TSTreeCursor(root)) {
                do {
                    TSNode node = cursor.currentNode();
                    if (node.getType().equals("call")) {
                        look(node, bytes, findings);
                    }
                } while (next(cursor));
            }
        }
        return new Scanned(true, findings);
    }

    private static void look(TSNode call, byte[] bytes, List<Finding> findings) {
        TSNode function = call.getChildByFieldName("function");
        String name = new String(
                bytes,
                function.getStartByte(),
                function.getEndByte() - function.getStartByte(),
                StandardCharsets.UTF_8);
        if (BUILTINS.contains(name)) {
            findings.add(new Finding(
                    "py-eval",
                    Severity.HIGH,
                    Confidence.HIGH,
                    function.getStartPoint().getRow() + 1,
                    function.getStartPoint().getColumn() + 1,
                    "Runs text as code.",
                    "https://cwe.mitre.org/data/definitions/95.html"));
        }
    }

    private static boolean next(TSTreeCursor cursor) {
        if (cursor.gotoFirstChild() || cursor.gotoNextSibling()) {
            return true;
        }
        while (cursor.gotoParent()) {
            if (cursor.gotoNextSibling()) {
                return true;
            }
        }
        return false;
    }
}
