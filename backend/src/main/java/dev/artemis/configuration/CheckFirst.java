package dev.artemis.configuration;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs all checks when the settings are read and before anything is started with them. With a fault the program ends
 * with exit code 1 and nothing is listening. The command {@code check} ends here in any case.
 */
public final class CheckFirst implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The command's name on the command line. */
    public static final String COMMAND = "check";

    private final List<String> arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final Exit exit;

    /** Ends the program. */
    interface Exit {
        void with(int code);
    }

    /** For a program with these command-line arguments. */
    public CheckFirst(String... arguments) {
        this(List.of(arguments), System.out, System.err, System::exit);
    }

    CheckFirst(List<String> arguments, PrintStream out, PrintStream err, Exit exit) {
        this.arguments = List.copyOf(arguments);
        this.out = out;
        this.err = err;
        this.exit = exit;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        StartupReport report = StartupChecks.over(context.getEnvironment()).run();
        boolean failed = report.verdict() == Finding.Verdict.FAIL;
        if (arguments.contains(COMMAND)) {
            out.println(arguments.contains("--json") ? json(report) : text(report));
            out.flush();
            exit.with(failed ? 1 : 0);
        } else if (failed) {
            err.println(report.text(StartupReport.Detail.FAULTS));
            err.println("Artemis does not start with this configuration.");
            err.flush();
            exit.with(1);
        } else {
            if (report.verdict() == Finding.Verdict.WARN) {
                err.println(report.text(StartupReport.Detail.FAULTS));
            }
            context.getBeanFactory().registerSingleton("startupReport", report);
        }
    }

    /**
     * The report for programs.
     *
     * @param verdict the worst of all
     */
    record Answer(Finding.Verdict verdict, long failed, long warned, long passed, Instant at, List<Finding> findings) {

        static Answer of(StartupReport report) {
            return new Answer(
                    report.verdict(),
                    report.count(Finding.Verdict.FAIL),
                    report.count(Finding.Verdict.WARN),
                    report.count(Finding.Verdict.PASS),
                    report.at(),
                    report.findings());
        }
    }

    private String text(StartupReport report) {
        return report.text(
                arguments.contains("--verbose") ? StartupReport.Detail.EVERYTHING : StartupReport.Detail.FAULTS);
    }

    private static String json(StartupReport report) {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(Answer.of(report));
    }
}
