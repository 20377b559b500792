package dev.artemis.runs;

import dev.artemis.persistence.Pipeline;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Runs as people and programs see them; inside a transaction of their tenant. See ADR-0048. */
@Repository
class RunViews {

    private static final String SUMMARY = """
        select (select n.detail from run_news n where n.run_id = r.run_id and n.number = r.news) as detail,
          (select n.told from run_news n where n.run_id = r.run_id and n.number = r.news) as told,
          r.run_id, r.project_id, r.language, r.stage, r.card_id, r.priority, r.status, r.exit_code, r.signal,
          r.execution_us, r.cpu_us, r.max_memory_bytes, r.max_disk_bytes, r.max_inodes, r.max_file_bytes, r.max_processes,
          r.memory_kills, r.killed,
          r.kill_reason, r.backend, r.attempt, r.cancel_requested, r.cost, r.created_at, r.started_at, r.finished_at\
        """;

    private static final String VIEW = SUMMARY + """
        , i.code, i.limits, i.findings, i.findings_left_out, r.stdout_kept, r.stdout_total, r.stderr_kept, r.stderr_total
        from runs r join run_inputs i using (run_id)
        where r.run_id = ? and r.project_id = ?\
        """;

    private static final int NEWS_AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final RunInputs inputs;

    RunViews(JdbcClient jdbc, RunInputs inputs) {
        this.jdbc = jdbc;
        this.inputs = inputs;
    }

    Optional<RunStatus> status(ProjectId project, RunId run) {
        return jdbc.sql("select status from runs where run_id = :run and project_id = :project")
                .param("run", run.value())
                .param("project", project.value())
                .query((row, number) -> RunStatus.valueOf(row.getString("status")))
                .optional();
    }

    Optional<RunSummary> summary(ProjectId project, RunId run) {
        return jdbc.sql(SUMMARY + " from runs r where r.run_id = :run and r.project_id = :project")
                .param("run", run.value())
                .param("project", project.value())
                .query((row, number) -> summary(row))
                .optional();
    }

    Optional<RunView> view(ProjectId project, RunId run) {
        return jdbc.sql(VIEW)
                .param(run.value())
                .param(project.value())
                .query((row, number) -> view(
                        row,
                        text(run, Channel.STDOUT, row.getLong("stdout_kept"), row.getLong("stdout_total")),
                        text(run, Channel.STDERR, row.getLong("stderr_kept"), row.getLong("stderr_total"))))
                .optional();
    }

    /** Adds the reading of a run that has printed nothing yet. */
    Pipeline.Rows<RunView> fresh(Pipeline reading, ProjectId project, RunId run) {
        return reading.query(
                VIEW,
                row -> view(row, RunView.OutputText.NOTHING, RunView.OutputText.NOTHING),
                run.value(),
                project.value());
    }

    private RunView view(ResultSet row, RunView.OutputText stdout, RunView.OutputText stderr) throws SQLException {
        return new RunView(
                summary(row),
                row.getString("code"),
                RunRequest.LimitsRequest.of(inputs.limits(row.getString("limits"))),
                inputs.found(row),
                stdout,
                stderr);
    }

    /** Of all these projects together the newest first, those before the cursor: ids are ordered by time. */
    Page<RunSummary> list(Collection<ProjectId> projects, RunFilter filter, @Nullable UUID before, int size) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("projects", ids(projects));
        parameters.put("size", size + 1);
        List<RunSummary> found = jdbc.sql(SUMMARY
                        + """
             from (
              select found.* from unnest(:projects) project (id)%s
              cross join lateral (
                select run.* from runs run where run.project_id = project.id%s
                order by run.run_id desc limit :size) found
              order by found.run_id desc limit :size) r
            order by r.run_id desc\
            """.formatted(
                                        byStatus(filter) ? " cross join unnest(:statuses) wanted (status)" : "",
                                        where(filter, before, parameters)))
                .params(parameters)
                .query((row, number) -> summary(row))
                .list();
        return found.size() <= size
                ? Page.whole(found)
                : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
    }

    /** Only what is asked for stands in the statement, so that its plan fits. */
    private static String where(RunFilter filter, @Nullable UUID before, Map<String, Object> parameters) {
        var where = new StringBuilder();
        if (!filter.statuses().isEmpty()) {
            // the first is as the index runs_of_status says it
            where.append(
                    byStatus(filter)
                            ? " and run.status <> 'SUCCEEDED' and run.status = wanted.status"
                            : " and run.status = any (:statuses)");
            parameters.put(
                    "statuses",
                    filter.statuses().stream().map(RunStatus::name).sorted().toArray(String[]::new));
        }
        if (before != null) {
            where.append(" and run.run_id < :before");
            parameters.put("before", before);
        }
        if (filter.stage() != null) {
            where.append(" and run.stage = :stage");
            parameters.put("stage", filter.stage());
        }
        if (filter.cardId() != null) {
            where.append(" and run.card_id = :card");
            parameters.put("card", filter.cardId());
        }
        return where.toString();
    }

    private static boolean byStatus(RunFilter filter) {
        return !filter.statuses().isEmpty() && !filter.statuses().contains(RunStatus.SUCCEEDED);
    }

    /** The project of each of these runs that there is. */
    Map<RunId, ProjectId> projects(Collection<RunId> runs) {
        Map<RunId, ProjectId> projects = new HashMap<>();
        jdbc.sql("select run_id, project_id from runs where run_id = any (:runs)")
                .param("runs", runs.stream().map(RunId::value).toArray(UUID[]::new))
                .query(row -> {
                    projects.put(
                            new RunId(row.getObject("run_id", UUID.class)),
                            new ProjectId(row.getObject("project_id", UUID.class)));
                });
        return projects;
    }

    /** How many of these projects have not ended, by status; a status that none has is left out. */
    Map<RunStatus, Long> unfinished(Collection<ProjectId> projects) {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        jdbc.sql("""
            select status, count(*) as runs from runs
            where project_id = any (:projects) and status in ('QUEUED', 'SUBMITTING', 'RUNNING')
            group by status\
            """).param("projects", ids(projects)).query(row -> {
            counts.put(RunStatus.valueOf(row.getString("status")), row.getLong("runs"));
        });
        return counts;
    }

    private static UUID[] ids(Collection<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(UUID[]::new);
    }

    /** What it was to execute. */
    SandboxSpec given(RunId run) {
        return inputs.spec(run).orElseThrow(Runs::unknown);
    }

    Found found(RunId run) {
        return jdbc.sql("select findings, findings_left_out from run_inputs where run_id = :run")
                .param("run", run.value())
                .query((row, number) -> inputs.found(row))
                .single();
    }

    OutputSize printed(RunId run) {
        return jdbc.sql("select stdout_kept, stdout_total, stderr_kept, stderr_total from runs where run_id = :run")
                .param("run", run.value())
                .query((row, number) -> new OutputSize(
                        new OutputSize.Stream(row.getLong("stdout_kept"), row.getLong("stdout_total")),
                        new OutputSize.Stream(row.getLong("stderr_kept"), row.getLong("stderr_total"))))
                .single();
    }

    /** What was kept of a stream in the last attempt. */
    byte[] output(RunId run, Channel channel) {
        var all = new ByteArrayOutputStream();
        pieces(run, channel).forEach(piece -> all.writeBytes(piece.bytes()));
        return all.toByteArray();
    }

    List<RunNews> newsAfter(RunId run, long number) {
        return jdbc.sql("""
            select number, at, attempt, kind, status, detail, told, output_offset, bytes
            from run_news where run_id = :run and number > :number
            order by number limit :most\
            """)
                .param("run", run.value())
                .param("number", number)
                .param("most", NEWS_AT_ONCE)
                .query((row, index) -> news(row))
                .list();
    }

    /** Of one project, or of all of the tenant. */
    RunStatistics statistics(@Nullable ProjectId project) {
        return jdbc.sql("""
            select coalesce(sum(total), 0) as total, coalesce(sum(blocked), 0) as blocked,
              coalesce(sum(killed), 0) as killed
            from run_queues where cast(:project as uuid) is null or project_id = :project\
            """)
                .param("project", project == null ? null : project.value())
                .query((row, number) -> counts(row))
                .single();
    }

    static RunStatistics counts(ResultSet row) throws SQLException {
        return new RunStatistics(row.getLong("total"), row.getLong("blocked"), row.getLong("killed"));
    }

    private RunView.OutputText text(RunId run, Channel channel, long kept, long total) {
        if (total == 0) {
            return RunView.OutputText.NOTHING;
        }
        return new RunView.OutputText(decoded(pieces(run, channel)), kept < total, total, total - kept);
    }

    private List<RunNews.Printed> pieces(RunId run, Channel channel) {
        return jdbc.sql("""
            select n.number, n.at, n.attempt, n.kind, n.output_offset, n.bytes
            from run_news n join runs r using (run_id, attempt)
            where n.run_id = :run and n.kind = :kind order by n.number\
            """)
                .param("run", run.value())
                .param("kind", channel.name())
                .query((row, number) -> printed(row))
                .list();
    }

    /** Invalid UTF-8 is replaced; a character is never made of bytes from both sides of what was dropped. */
    private static String decoded(List<RunNews.Printed> pieces) {
        var text = new StringBuilder();
        List<byte[]> adjoining = new ArrayList<>();
        long end = 0;
        for (RunNews.Printed piece : pieces) {
            if (piece.offset() != end) {
                text.append(decodedTogether(adjoining));
                adjoining.clear();
            }
            adjoining.add(piece.bytes());
            end = piece.offset() + piece.bytes().length;
        }
        return text.append(decodedTogether(adjoining)).toString();
    }

    private static String decodedTogether(List<byte[]> bytes) {
        var all = new ByteArrayOutputStream();
        bytes.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    private static RunNews news(ResultSet row) throws SQLException {
        return Arrays.stream(Channel.values()).map(Channel::name).toList().contains(row.getString("kind"))
                ? printed(row)
                : new RunNews.Moved(
                        row.getLong("number"),
                        Columns.instantThere(row, "at"),
                        RunStatus.valueOf(row.getString("status")),
                        row.getInt("attempt"),
                        row.getString("detail"),
                        row.getString("told"));
    }

    private static RunNews.Printed printed(ResultSet row) throws SQLException {
        return new RunNews.Printed(
                row.getLong("number"),
                Columns.instantThere(row, "at"),
                row.getInt("attempt"),
                Channel.valueOf(row.getString("kind")),
                row.getLong("output_offset"),
                row.getBytes("bytes"));
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        RunStatus status = RunStatus.valueOf(row.getString("status"));
        String reason = row.getString("kill_reason");
        BigDecimal cost = row.getBigDecimal("cost");
        return new RunSummary(
                new RunId(Columns.uuid(row, "run_id")),
                new ProjectId(Columns.uuid(row, "project_id")),
                row.getString("language"),
                row.getString("stage"),
                row.getString("card_id"),
                row.getInt("priority"),
                status,
                status == RunStatus.SUCCEEDED,
                row.getObject("exit_code", Integer.class),
                row.getString("signal"),
                seconds(row, "execution_us"),
                seconds(row, "cpu_us"),
                row.getObject("max_memory_bytes", Long.class),
                row.getObject("max_disk_bytes", Long.class),
                row.getObject("max_inodes", Long.class),
                row.getObject("max_file_bytes", Long.class),
                row.getObject("max_processes", Long.class),
                row.getObject("memory_kills", Long.class),
                row.getBoolean("killed"),
                reason == null ? null : KillReason.valueOf(reason),
                TeamWords.of(row.getString("detail"), row.getString("told")),
                row.getString("backend"),
                row.getInt("attempt"),
                row.getBoolean("cancel_requested"),
                cost == null ? null : new Usd(cost),
                Columns.instantThere(row, "created_at"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"));
    }

    /** To the millisecond. */
    private static @Nullable BigDecimal seconds(ResultSet row, String column) throws SQLException {
        Long micros = row.getObject(column, Long.class);
        return micros == null ? null : BigDecimal.valueOf(micros, 6).setScale(3, RoundingMode.HALF_EVEN);
    }
}
