package dev.artemis.runs;

import dev.artemis.persistence.Pipeline;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What runs execute, kept apart from their rows; written once. Inside a transaction of their tenant. */
@Repository
class RunInputs {

    private static final String SPEC = """
            select r.language, r.cancel_requested, i.code, i.stdin, i.env, i.limits
            from runs r join run_inputs i using (run_id) where r.run_id = ?\
            """;

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    RunInputs(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds what a run is to execute. */
    void insert(Pipeline writing, TenantId tenant, RunId run, SandboxSpec spec, Found found) {
        writing.update(
                """
                insert into run_inputs (run_id, tenant_id, code, stdin, env, limits, findings, findings_left_out)
                values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?)""",
                run.value(),
                tenant.value(),
                spec.code(),
                spec.stdin(),
                json.writeValueAsString(spec.env()),
                json.writeValueAsString(StoredLimits.of(spec.limits())),
                json.writeValueAsString(found.findings()),
                found.leftOut());
    }

    /** Writes its files, once the run itself is written. */
    void insertFiles(TenantId tenant, RunId run, List<SandboxFile> files) {
        if (!files.isEmpty()) {
            jdbc.batchUpdate(
                    "insert into run_files (run_id, position, tenant_id, path, content) values (?, ?, ?, ?, ?)",
                    files,
                    files.size(),
                    (row, file) -> {
                        row.setObject(1, run.value());
                        row.setInt(2, files.indexOf(file));
                        row.setObject(3, tenant.value());
                        row.setString(4, file.path());
                        row.setBytes(5, file.content());
                    });
        }
    }

    /** What an attempt is to execute, and whether somebody asked to end it meanwhile. */
    record Given(SandboxSpec spec, boolean cancelRequested) {}

    /**
     * What to execute; none where that attempt is not the run's current one any more. One round trip, and the whole of a transaction
     * that was begun by {@link dev.artemis.persistence.TenantTransactions#inTenantBySql}.
     */
    Optional<Given> given(RunRef attempt) {
        var reading = new Pipeline();
        reading.actFor(new TenantId(attempt.tenant()));
        Pipeline.Rows<SandboxFile> files = files(reading, attempt.run());
        Pipeline.Rows<Given> given = reading.query(
                SPEC + " and r.fencing_token = ? and r.status in ('SUBMITTING', 'RUNNING')",
                row -> new Given(spec(row, files.all()), row.getBoolean("cancel_requested")),
                attempt.run(),
                attempt.fencingToken());
        reading.commit();
        reading.run(jdbc);
        return given.all().stream().findFirst();
    }

    /** What to execute; none where the run is not the tenant's. */
    Optional<SandboxSpec> spec(RunId run) {
        var reading = new Pipeline();
        Pipeline.Rows<SandboxFile> files = files(reading, run.value());
        Pipeline.Rows<SandboxSpec> spec = reading.query(SPEC, row -> spec(row, files.all()), run.value());
        reading.run(jdbc);
        return spec.all().stream().findFirst();
    }

    private static Pipeline.Rows<SandboxFile> files(Pipeline reading, UUID run) {
        return reading.query(
                "select path, content from run_files where run_id = ? order by position",
                row -> new SandboxFile(row.getString("path"), row.getBytes("content")),
                run);
    }

    private SandboxSpec spec(ResultSet row, List<SandboxFile> files) throws SQLException {
        return new SandboxSpec(
                Language.named(row.getString("language")).orElseThrow(),
                row.getString("code"),
                files,
                row.getBytes("stdin"),
                json.readValue(row.getString("env"), new TypeReference<Map<String, String>>() {}),
                limits(row.getString("limits")));
    }

    Limits limits(String stored) {
        return json.readValue(stored, StoredLimits.class).limits();
    }

    Found found(ResultSet row) throws SQLException {
        return new Found(
                json.readValue(row.getString("findings"), new TypeReference<List<Finding>>() {}),
                row.getInt("findings_left_out"));
    }

    /** Limits as they are kept: plain numbers, each with its unit in its name. */
    private record StoredLimits(
            int cpuMillicores,
            long memoryBytes,
            long cpuMs,
            long wallMs,
            long fileSizeBytes,
            long diskBytes,
            int processes,
            int openFiles,
            long outputBytes) {

        static StoredLimits of(Limits limits) {
            return new StoredLimits(
                    limits.cpuMillicores(),
                    limits.memoryBytes(),
                    limits.cpuTime().toMillis(),
                    limits.wallTimeout().toMillis(),
                    limits.fileSizeBytes(),
                    limits.diskBytes(),
                    limits.processes(),
                    limits.openFiles(),
                    limits.outputBytes());
        }

        Limits limits() {
            return new Limits(
                    cpuMillicores,
                    memoryBytes,
                    Duration.ofMillis(cpuMs),
                    Duration.ofMillis(wallMs),
                    fileSizeBytes,
                    diskBytes,
                    processes,
                    openFiles,
                    outputBytes);
        }
    }
}
