package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.projects.Project;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.Scanner;
import dev.artemis.scanning.Verdict;
import dev.artemis.shared.Language;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanRunTest {

    private final ScanRun scan = new ScanRun(new Scanner());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lib/helper.py | import os; os.system("id")                        | py-shell
            tool.sh       | eval "$x"                                         | sh-eval
            bin/tool      | #!/usr/bin/env python3\\nimport os; os.system("id") | py-shell
            bin/other     | #!/bin/bash\\neval "$x"                            | sh-eval
            bin/python    | #!/usr/bin/env -S A=1 python3.12 -u\\nimport os; os.system("id") | py-shell
            bin/spaced    | #! /bin/dash -e\\neval "$x"                        | sh-eval
            broken.py     | def f(:                                           | file-unparsable
            a.pyc         | x                                                 | file-compiled
            """)
    void aFileThatHoldsCodeIsScannedAndNamed(String path, String content, String rule) {
        SandboxSpec spec = with(List.of(file(path, content.replace("\\n", "\n"))), Map.of());

        ScanReport report = scan.scan(project(Project.ScanPolicy.DEFAULT), spec);

        assertThat(report.verdict()).isNotEqualTo(Verdict.CLEAN);
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.message()).contains(path);
        });
    }

    @Test
    void aFileWithMoreCodeThanACodeMayHaveIsNotClean() {
        String large = "#".repeat(SandboxSpec.MAX_CODE_BYTES);

        ScanReport most = scan.scan(
                project(Project.ScanPolicy.DEFAULT),
                with(List.of(file("a.py", large), file("b.txt", large + "#")), Map.of()));
        ScanReport more =
                scan.scan(project(Project.ScanPolicy.DEFAULT), with(List.of(file("a.py", large + "#")), Map.of()));

        assertThat(most.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(more.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(more.findings()).singleElement().extracting("rule").isEqualTo("file-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.txt", "notes.md", "table.csv"})
    void whatIsNoCodeIsNotScanned(String path) {
        SandboxSpec spec = with(List.of(file(path, "import os; os.system('id')")), Map.of());

        assertThat(scan.scan(project(Project.ScanPolicy.DEFAULT), spec).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/usr/bin/fish\nset x 1; eval $x",
                "#!/usr/bin/tclsh\neval $x",
                "#!/usr/share/tool/run\neval $x",
                "#!/usr/bin/env -S awk -f\nBEGIN { eval = 1 } # sh",
                "#!",
                "#! \neval $x"
            })
    void anotherInterpreterIsNoShell(String content) {
        SandboxSpec spec = with(List.of(file("tool", content)), Map.of());

        assertThat(scan.scan(project(Project.ScanPolicy.DEFAULT), spec).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lib.zip,x.py", "lib.zip,x/__init__.PYC", "data.txt,x.so"})
    void anArchiveOfCodeCannotBeLookedAt(String path, String entry) throws IOException {
        SandboxSpec spec = with(List.of(new SandboxFile(path, zip(entry))), Map.of());

        ScanReport report = scan.scan(project(Project.ScanPolicy.DEFAULT), spec);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("file-compiled");
            assertThat(finding.message()).contains(path);
        });
    }

    @Test
    void anArchiveOfDataIsData() throws IOException {
        SandboxSpec spec =
                with(List.of(new SandboxFile("data.zip", zip("table.csv")), file("short", "PK\u0001\u0002")), Map.of());

        assertThat(scan.scan(project(Project.ScanPolicy.DEFAULT), spec).findings())
                .isEmpty();
    }

    private static byte[] zip(String entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("import os".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void manyHarmlessFilesAreClean() {
        List<SandboxFile> files = IntStream.range(0, 100)
                .mapToObj(i -> file("m" + i + ".py", "def f(x):\n    return x + " + i + "\n"))
                .toList();

        assertThat(scan.scan(project(Project.ScanPolicy.DEFAULT), with(files, Map.of()))
                        .verdict())
                .isEqualTo(Verdict.CLEAN);
    }

    @Test
    void anEnvironmentThatLoadsCodeIsTold() {
        SandboxSpec spec = with(List.of(), Map.of("BASH_ENV", "$(id)", "PYTHONPATH", "lib", "COLOUR", "red"));

        ScanReport report = scan.scan(project(Project.ScanPolicy.DEFAULT), spec);
        ScanReport excused =
                scan.scan(project(new Project.ScanPolicy(List.of("high"), List.of("env-loads-code"))), spec);

        assertThat(report.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(report.findings())
                .extracting(Finding::message)
                .hasSize(2)
                .anyMatch(message -> message.contains("BASH_ENV"))
                .anyMatch(message -> message.contains("PYTHONPATH"));
        assertThat(excused.verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(excused.findings()).isEmpty();
    }

    @Test
    void whatIsAroundTheCodeHidesNothingInIt() {
        List<SandboxFile> files = Stream.concat(
                        Stream.of(file("t.py", "eval(1)\n".repeat(1_000))),
                        IntStream.range(0, 200).mapToObj(i -> file("m" + i + ".pyc", "x")))
                .toList();
        var spec = new SandboxSpec(Language.PYTHON, "x = 1\ndef f(:\n", files, new byte[0], Map.of(), Limits.DEFAULTS);

        ScanReport report = scan.scan(project(Project.ScanPolicy.DEFAULT), spec);

        assertThat(report.verdict()).isEqualTo(Verdict.UNPARSABLE);
        assertThat(report.findings())
                .hasSize(ScanReport.MOST_FINDINGS)
                .extracting(Finding::rule)
                .contains("code-unparsable");
        assertThat(report.leftOut()).isEqualTo(201);
    }

    private static SandboxFile file(String path, String content) {
        return new SandboxFile(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private static SandboxSpec with(List<SandboxFile> files, Map<String, String> env) {
        return new SandboxSpec(Language.PYTHON, "print('hello')", files, new byte[0], env, Limits.DEFAULTS);
    }

    private static Project project(Project.ScanPolicy policy) {
        return new Project(
                ProjectId.random(),
                TenantId.random(),
                new Slug("shop"),
                "Shop",
                false,
                policy,
                Map.of(),
                Map.of(),
                null,
                Instant.EPOCH);
    }
}
