package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An operator starts, stops, and loses a server. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class LauncherJourneyTest {

    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    @TempDir
    private Path home;

    @Test
    void hasEverythingAgainAfterItWasKilled() {
        try (Instance first = Instance.start(home)) {
            Team team = Teams.create(first);
            team.api().post("calls", CALL).expect(201);

            first.kill();

            try (Instance second = Instance.start(home)) {
                assertThat(spent(team, second)).isEqualTo("0.0325");
                team.api().at(second.url()).post("calls", CALL).expect(201);

                second.killWhatIsLeft();

                try (Instance third = Instance.start(home)) {
                    assertThat(spent(team, third)).isEqualTo("0.065");
                }
            }
        }
    }

    @Test
    void showsTheAdminsSecretsAtTheFirstStartOnly() throws IOException {
        Map<String, String> made = Map.of("ARTEMIS_ADMIN_KEY", "", "ARTEMIS_ADMIN_PASSWORD", "");
        Pattern adminKey = Pattern.compile("admin key\\s+(\\S{32,})");
        String key;
        try (Instance first = Instance.start(home, made)) {
            key = first.printed(adminKey);
            assertThat(first.output()).anyMatch(line -> line.contains("  password  "));
            assertThat(listening(first.url().getPort())).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);

            first.interrupt();

            assertThat(first.processes()).isEmpty();
        }
        Instance second = Instance.start(home, made);
        try (second) {
            second.api(key).get("admin/tenants").expect(200);
        }
        assertThat(second.output())
                .noneMatch(
                        line -> line.contains(key) || adminKey.matcher(line).find() || line.contains("  password  "));
    }

    /** One from the one packed jar, as whoever names it may. */
    @Test
    void letsTwoRunSideBySideAndEachLeavesNoProcess(@TempDir Path otherHome) {
        Map<String, String> packed = Map.of("ARTEMIS_JAR", System.getProperty("artemis.packaged-jar"));
        try (Instance one = Instance.start(home);
                Instance other = Instance.start(otherHome, packed)) {
            Team team = Teams.create(one);
            one.admin().get("admin/tenants/" + team.slug()).expect(200);
            other.admin().get("admin/tenants/" + team.slug()).expect(404);
            assertThat(one.processes()).hasSizeGreaterThan(1); // the server and its database

            one.stop();

            assertThat(one.processes()).isEmpty();
            other.admin().get("admin/tenants").expect(200);
        }
    }

    /** The addresses at which somebody listens on a port. Source: proc(5), /proc/net/tcp: words in the order of the processor. */
    private static List<InetAddress> listening(int port) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[1].endsWith(":%04X".formatted(port)) && fields[3].equals("0A")) {
                    byte[] address = HexFormat.of().parseHex(fields[1].split(":")[0]);
                    for (int word = 0; word < address.length; word += 4) {
                        ByteBuffer.wrap(address)
                                .putInt(
                                        word,
                                        Integer.reverseBytes(
                                                ByteBuffer.wrap(address).getInt(word)));
                    }
                    addresses.add(InetAddress.getByAddress(address));
                }
            }
        }
        return addresses;
    }

    private static String spent(Team team, Instance instance) {
        return team.api()
                .at(instance.url())
                .get("costs?group_by=stage")
                .expect(200)
                .json()
                .get("total")
                .asString();
    }
}
