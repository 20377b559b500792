package dev.artemis.sandbox.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.artemis.sandbox.RunRef;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as an API server does that has a namespace for runs, and a node only as far as a test plays it: for refusals that a real one gives only
 * after somebody took its rights away, for a clock that goes otherwise, for pods that come and go, and logs that cannot be read. It keeps Jobs and
 * inputs as they were sent, and tells a watch what changed.
 */
final class AnsweringCluster implements AutoCloseable {

    /** A refusal. @param status such as 403 */
    record Refusal(int status, String words) {}

    /** What becomes of a request for a log. */
    @FunctionalInterface
    interface Log {
        void answer(HttpExchange exchange, boolean follow) throws IOException;
    }

    /** What a watch tells. */
    private record Event(String kind, int version, String line) {}

    private static final String RUNTIME_CLASSES = "/apis/node.k8s.io/v1/runtimeclasses/";
    private static final String KUEUE = "/apis/kueue.x-k8s.io/";
    private static final String IT_IS_THERE = """
            {"kind": "Status", "apiVersion": "v1", "reason": "AlreadyExists", "message": "it is there"}""";
    private static final String NOT_FOUND =
            "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"not found\"}";

    private static final long CHAT_MS = 100;
    private static final String OF_ANOTHER =
            "{\"type\": \"MODIFIED\", \"object\": {\"metadata\": {\"name\": \"another\", \"resourceVersion\": \"1\"}}}\n";

    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final Map<String, String> pods = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final List<String> namespaces = new CopyOnWriteArrayList<>();
    private final Map<String, String> queues = new ConcurrentHashMap<>();
    private volatile String kueue = "v1beta2";
    private volatile boolean shut;
    private final Map<String, String> runners = new ConcurrentHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private volatile Log log = (exchange, follow) -> send(exchange, 404, NOT_FOUND);
    private volatile boolean closed;
    private final HttpServer server;
    private final List<String> patches = new CopyOnWriteArrayList<>();
    private final List<String> nodes = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
    private final AtomicInteger toldWarnings = new AtomicInteger();
    private volatile String minor = "33";
    private final AtomicInteger toldByWatches = new AtomicInteger();
    private volatile boolean mute;
    private volatile boolean chatty;
    private volatile boolean allowing = true;
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger askedToRemove = new AtomicInteger();
    private final AtomicInteger askedToRemovePods = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private volatile UnaryOperator<String> keeps = UnaryOperator.identity();
    private volatile Optional<Refusal> lostAnswer = Optional.empty();
    private volatile List<String> warnings = List.of();
    private volatile Runnable onceRunnersAreListed = () -> {};

    AnsweringCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** From now on each new Job is refused. @param allowing what it says when asked for our rights */
    void refuses(Refusal said, boolean whileAllowing) {
        allowing = whileAllowing;
        refusals.set(Integer.MAX_VALUE);
        refusal = Optional.of(said);
    }

    /** From now on it is one of 1.{@code minor}. */
    void isOf(String version) {
        minor = version;
    }

    /** A question that it does not answer. @param path such as {@code /version/} */
    void refusesToSay(String path, Refusal said) {
        refused.put(path, said);
    }

    void saysAgain(String path) {
        refused.remove(path);
    }

    /** What it says of a runtime class, which it has otherwise. */
    void saysOfRuntimeClass(String name, Refusal said) {
        refusesToSay(RUNTIME_CLASSES + name, said);
    }

    /** A machine for runs. */
    void hasNode(String name, String cpu, String memory) {
        nodes.add("""
                {"metadata": {"name": "%s", "labels": {"kubernetes.io/os": "linux", "kubernetes.io/arch": "%s"}},
                 "status": {"allocatable": {"cpu": "%s", "memory": "%s"}}}""".formatted(name, RunnerConfigMap.built().architecture(), cpu, memory));
    }

    /** How often somebody asked what its controllers say. */
    int toldWarnings() {
        return toldWarnings.get();
    }

    /** The next Jobs are refused, so many. */
    void refusesNext(int times, Refusal said) {
        refuses(said, true);
        refusals.set(times);
    }

    /** What it makes of a Job that it is sent. */
    void keeps(UnaryOperator<String> change) {
        keeps = change;
    }

    /** It takes each new Job, and says that it had it already: so it looks to whom the first answer was lost. */
    void losesAnswers() {
        losesAnswers(new Refusal(409, "it is there"));
    }

    /** It takes each new Job, and answers as if it had not. */
    void losesAnswers(Refusal said) {
        lostAnswer = Optional.of(said);
    }

    /** How many Jobs were deleted. */
    int removed() {
        return removed.get();
    }

    /** How often it was asked to delete one. */
    int askedToRemove() {
        return askedToRemove.get();
    }

    /** How often it was asked to delete a pod. */
    int askedToRemovePods() {
        return askedToRemovePods.get();
    }

    /** How many inputs it was given. */
    int inputs() {
        return secrets.size();
    }

    void takesAll() {
        refusal = Optional.empty();
        allowing = true;
    }

    /** A pod of a run's Job, from now on in that state. @param id its name ends with it, and its uid */
    void hasPod(RunRef run, String id, String status) {
        Map<String, String> labels = new TreeMap<>(RunLabels.of("artemis", run));
        labels.put(RunLabels.JOB_NAME, run.name());
        String pod = """
                {"metadata": {"name": "%s-%s", "uid": "%s", "namespace": "artemis-runs", "resourceVersion": "%d",
                 "creationTimestamp": "2026-11-26T12:00:00Z", "labels": {%s},
                 "ownerReferences": [{"apiVersion": "batch/v1", "kind": "Job", "name": "%s", "uid": "uid", "controller": true}]},
                 "spec": {"containers": [{"name": "program"}]}, "status": %s}""".formatted(
                        run.name(),
                        id,
                        uidOf(id),
                        events() + 1,
                        labels.entrySet().stream()
                                .map(label -> "\"%s\": \"%s\"".formatted(label.getKey(), label.getValue()))
                                .collect(Collectors.joining(", ")),
                        run.name(),
                        status);
        boolean there = pods.put(run.name() + "-" + id, pod) != null;
        tell("pods", there ? "MODIFIED" : "ADDED", pod);
    }

    void losesPod(RunRef run, String id) {
        tell("pods", "DELETED", Objects.requireNonNull(pods.remove(run.name() + "-" + id)));
    }

    /** Its pods stay, as nobody's. */
    void losesJobAlone(RunRef run) {
        tell("jobs", "DELETED", Objects.requireNonNull(jobs.remove(run.name())));
        orphanPods();
    }

    /** Somebody deleted a Job and made it anew, and no watch tells of it. */
    void hasJobAnew(RunRef run) {
        jobs.computeIfPresent(run.name(), (name, job) -> job.replace("\"uid\":\"uid\"", "\"uid\":\"another\""));
    }

    private void orphanPods() {
        pods.replaceAll((name, pod) -> pod.replaceFirst("(?s),\\s*\"ownerReferences\": \\[[^]]*]", ""));
        pods.values().forEach(pod -> tell("pods", "MODIFIED", pod));
    }

    /** Listed among ours. */
    void hasNamespace(String name) {
        namespaces.add("{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
    }

    /** It has the policy that lets nothing through. */
    void shutsTheNetwork() {
        shut = true;
    }

    /** From now on Kueue's API is of that version alone; empty: there is no Kueue. */
    void hasKueue(String version) {
        kueue = version;
    }

    /** A LocalQueue is there. @param status such as {@code {}} */
    void hasQueue(String namespace, String name, String status) {
        queues.put(
                namespace + "/" + name,
                "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"clusterQueue\": \"theirs\"}, \"status\": %s}"
                        .formatted(name, status));
    }

    /** LocalQueues by namespace and name, as they were sent. */
    Map<String, String> queues() {
        return Map.copyOf(queues);
    }

    /** A ConfigMap of a runner is there, made anew where one of the name was. */
    void hasRunner(String name, String uid) {
        runners.put(name, """
                {"metadata": {"name": "%s", "uid": "%s", "labels": {"app.kubernetes.io/name": "artemis-runner"}}}""".formatted(name, uid));
    }

    /** What somebody else does just after the runners were read. */
    void onceRunnersAreListed(Runnable act) {
        onceRunnersAreListed = act;
    }

    Set<String> runners() {
        return Set.copyOf(runners.keySet());
    }

    Set<String> pods() {
        return Set.copyOf(pods.keySet());
    }

    static String uidOf(String id) {
        return "00000000-0000-7000-8000-%012d".formatted(Math.abs(id.hashCode()));
    }

    static final String PENDING = "{\"phase\": \"Pending\"}";
    static final String RUNNING = status("Running", "{\"running\": {\"startedAt\": \"2026-11-26T12:00:00Z\"}}");

    /** @param message in its termination file */
    static String ended(int code, String message) {
        return status(
                code == 0 ? "Succeeded" : "Failed",
                "{\"terminated\": {\"exitCode\": %d, \"reason\": \"%s\", \"message\": \"%s\"}}"
                        .formatted(code, code == 0 ? "Completed" : "Error", message));
    }

    private static String status(String phase, String state) {
        return """
                {"phase": "%s", "containerStatuses": [{"name": "program", "image": "i", "imageID": "", "ready": false,
                 "restartCount": 0, "state": %s}]}""".formatted(phase, state);
    }

    /** What its controllers say of a Job, as an event. */
    void warns(String reason, String words) {
        warnings = List.of("""
                {"metadata": {"name": "e"}, "involvedObject": {}, "type": "Warning", "reason": "%s", "message": "%s"}""".formatted(reason, words.replace("\"", "\\\"")));
    }

    /** From now on logs are answered so. */
    void answersLogs(Log how) {
        log = how;
    }

    /** A Job as it was sent. */
    V1Job job(RunRef run) {
        return JSON.getGson().fromJson(Objects.requireNonNull(jobs.get(run.name())), V1Job.class);
    }

    boolean hasJob(RunRef run) {
        return jobs.containsKey(run.name());
    }

    /** The first part of a run's input, as it was sent; empty where there is none yet. */
    Optional<String> input(RunRef run) {
        return Optional.ofNullable(secrets.get(run.name() + "-0"))
                .map(secret -> JSON.getGson().fromJson(secret, V1Secret.class))
                .map(secret -> secret.getData() == null
                        ? ""
                        : new String(
                                secret.getData().getOrDefault(RunObjects.PART_KEY, new byte[0]),
                                StandardCharsets.ISO_8859_1));
    }

    /** How often a Job was told to end. */
    int stopped() {
        return Math.toIntExact(
                patches.stream().filter(patch -> patch.contains("parallelism")).count());
    }

    /** What Jobs were told, as it was sent. */
    List<String> patches() {
        return List.copyOf(patches);
    }

    /** As a queue lets a Job go. */
    void admits(RunRef run) {
        String admitted = Objects.requireNonNull(
                jobs.computeIfPresent(run.name(), (name, job) -> job.replace("\"suspend\":true", "\"suspend\":false")));
        tell("jobs", "MODIFIED", admitted);
    }

    /** From now on watches stay open, and nothing comes of them: no event, no end, no error. */
    void tellsWatchesNothing() {
        mute = true;
    }

    /** From now on watches stay open and tell again and again of what is nobody's run, and of nothing else. */
    void tellsWatchesOfOthersAlone() {
        mute = true;
        chatty = true;
        synchronized (events) {
            events.notifyAll();
        }
    }

    /** How many events came of watches. */
    int toldByWatches() {
        return toldByWatches.get();
    }

    ClusterClients clients() throws IOException {
        return TestKubeconfig.clients(port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed = true;
        synchronized (events) {
            events.notifyAll();
        }
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String name = path.substring(path.lastIndexOf('/') + 1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (query.contains("watch=true")) {
            watched(exchange, name, Integer.parseInt(query.replaceAll(".*resourceVersion=(\\d+).*", "$1")));
        } else if (refused.containsKey(path)) {
            send(exchange, Objects.requireNonNull(refused.get(path)));
        } else if (path.startsWith("/version")) {
            send(exchange, 200, """
                    {"major": "1", "minor": "%s", "gitVersion": "v1.33.0", "gitCommit": "", "gitTreeState": "", "buildDate": "",
                     "goVersion": "", "compiler": "", "platform": ""}""".formatted(minor));
        } else if (path.startsWith(RUNTIME_CLASSES)) {
            send(exchange, 200, "{\"metadata\": {\"name\": \"%s\"}, \"handler\": \"%s\"}".formatted(name, name));
        } else if (name.equals("selfsubjectaccessreviews")) {
            send(exchange, 201, "{\"spec\": {}, \"status\": {\"allowed\": %s}}".formatted(allowing));
        } else if (shut && path.contains("/networkpolicies/")) {
            send(exchange, 200, "{\"spec\": {\"podSelector\": {}, \"policyTypes\": [\"Ingress\", \"Egress\"]}}");
        } else if (path.startsWith(KUEUE)) {
            queue(exchange, path, body);
        } else if (path.contains("/jobs")) {
            job(exchange, name, body);
        } else if (name.equals("log")) {
            log.answer(exchange, query.contains("follow=true"));
        } else if (path.contains("/pods")) {
            pod(exchange, name, query, body);
        } else if (path.contains("/secrets")) {
            input(exchange, name, body);
        } else if (name.equals("namespaces") && exchange.getRequestMethod().equals("GET")) {
            sendList(exchange, namespaces);
        } else if (name.equals("configmaps") && exchange.getRequestMethod().equals("GET")) {
            List<String> listed = List.copyOf(runners.values());
            onceRunnersAreListed.run();
            sendList(exchange, listed);
        } else if (path.contains("/configmaps/") && exchange.getRequestMethod().equals("DELETE")) {
            removeRunner(exchange, name, body);
        } else if (name.equals("events")) {
            sendList(exchange, warnings);
            toldWarnings.incrementAndGet();
        } else if (name.equals("nodes")) {
            sendList(exchange, nodes);
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
        } else {
            send(exchange, 201, body);
        }
    }

    private void queue(HttpExchange exchange, String path, String body) throws IOException {
        String[] words = path.substring(KUEUE.length()).split("/", -1);
        if (kueue.isEmpty() || !words[0].equals(kueue)) {
            send(exchange, 404, NOT_FOUND);
        } else if (exchange.getRequestMethod().equals("POST")) {
            String name = body.replaceAll("(?s).*\"name\":\"([^\"]*)\".*", "$1");
            boolean fresh = queues.putIfAbsent(words[2] + "/" + name, body) == null;
            send(exchange, fresh ? 201 : 409, fresh ? body : IT_IS_THERE);
        } else {
            sendOne(exchange, queues.get(words[2] + "/" + words[4]));
        }
    }

    private void job(HttpExchange exchange, String name, String body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> create(exchange, body);
            case "DELETE" -> removeJob(exchange, name, body);
            case "PATCH" -> {
                patches.add(body);
                String job = jobs.computeIfPresent(
                        name,
                        (id, there) -> body.contains("parallelism")
                                ? there.replace("\"parallelism\":1", "\"parallelism\":0")
                                : there);
                if (job != null) {
                    tell("jobs", "MODIFIED", job);
                }
                send(exchange, 200, job == null ? "{}" : job);
            }
            default -> {
                if (name.equals("jobs")) {
                    sendList(exchange, jobs.values());
                } else {
                    sendOne(exchange, jobs.get(name));
                }
            }
        }
    }

    /** Only the very one that is meant, where any is. Its pods stay, as nobody's, unless they are to go with it: so does a real one. */
    private void removeJob(HttpExchange exchange, String name, String body) throws IOException {
        askedToRemove.incrementAndGet();
        String there = jobs.get(name);
        String uid = body.replaceAll("(?s).*\"uid\":\"([^\"]*)\".*", "$1");
        if (there != null && !uid.equals(body) && !there.contains("\"uid\":\"" + uid + "\"")) {
            send(exchange, 409, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"another\"}");
            return;
        }
        removed.incrementAndGet();
        if (there != null) {
            jobs.remove(name);
            tell("jobs", "DELETED", there);
        }
        if (body.contains("\"Background\"")) {
            pods.keySet().stream()
                    .filter(pod -> pod.startsWith(name + "-"))
                    .forEach(pod -> tell("pods", "DELETED", Objects.requireNonNull(pods.remove(pod))));
        } else {
            orphanPods();
        }
        sendOne(exchange, there);
    }

    private void create(HttpExchange exchange, String body) throws IOException {
        if (refusal.isPresent() && refusals.getAndDecrement() > 0) {
            send(exchange, refusal.get());
            return;
        }
        if (lostAnswer.isEmpty() && jobs.containsKey(nameOf(body))) {
            send(exchange, 409, IT_IS_THERE);
            return;
        }
        String made = keeps.apply(body).replaceFirst("\"metadata\":\\{", """
                "metadata":{"uid":"uid","resourceVersion":"1","creationTimestamp":"2020-01-01T00:00:00Z",""");
        jobs.put(nameOf(made), made);
        tell("jobs", "ADDED", made);
        if (lostAnswer.isPresent()) {
            send(exchange, lostAnswer.get());
        } else {
            send(exchange, 201, made);
        }
    }

    private static void send(HttpExchange exchange, Refusal said) throws IOException {
        send(
                exchange,
                said.status(),
                "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"%s\"}"
                        .formatted(said.words().replace("\"", "\\\"")));
    }

    private static String nameOf(String object) {
        return object.replaceAll("(?s).*?\"name\":\"((run|artemis-network-trial)-[^\"]*)\".*", "$1");
    }

    /** Listed are all, or those of one Job. Deleted is only the very one that is meant. */
    private void pod(HttpExchange exchange, String name, String query, String body) throws IOException {
        if (name.equals("pods")) {
            String run = query.replaceFirst("(?s).*" + RunLabels.JOB_NAME + "=(run-[0-9a-f-]+).*", "$1");
            sendList(
                    exchange,
                    pods.entrySet().stream()
                            .filter(pod -> run.equals(query) || pod.getKey().startsWith(run + "-"))
                            .map(Map.Entry::getValue)
                            .toList());
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            removePod(exchange, name, body);
        } else {
            sendOne(exchange, pods.get(name));
        }
    }

    private void removePod(HttpExchange exchange, String name, String body) throws IOException {
        askedToRemovePods.incrementAndGet();
        if (!body.contains(uidOf(name.substring(name.lastIndexOf('-') + 1)))) {
            send(exchange, 409, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"another\"}");
        } else {
            String pod = pods.remove(name);
            if (pod != null) {
                tell("pods", "DELETED", pod);
            }
            sendOne(exchange, pod);
        }
    }

    private void removeRunner(HttpExchange exchange, String name, String body) throws IOException {
        String there = runners.get(name);
        boolean anyOfTheName = !body.contains("\"uid\"");
        String uid = body.replaceAll("(?s).*\"uid\":\"([^\"]*)\".*", "$1");
        if (there != null && !anyOfTheName && !there.contains("\"" + uid + "\"")) {
            send(exchange, 409, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"another\"}");
        } else {
            sendOne(exchange, runners.remove(name));
        }
    }

    private void input(HttpExchange exchange, String name, String body) throws IOException {
        boolean making = exchange.getRequestMethod().equals("POST");
        String there = secrets.get(making ? nameOf(body) : name);
        if (making && there != null) {
            send(exchange, 409, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"exists\"}");
        } else if (!making && there == null) {
            send(exchange, 404, NOT_FOUND);
        } else {
            secrets.put(nameOf(body), body);
            send(exchange, making ? 201 : 200, body);
        }
    }

    private int events() {
        synchronized (events) {
            return events.size();
        }
    }

    private void tell(String kind, String what, String object) {
        synchronized (events) {
            events.add(new Event(
                    kind,
                    events.size() + 1,
                    "{\"type\": \"%s\", \"object\": %s}".formatted(what, object.replace("\n", " ")) + "\n"));
            events.notifyAll();
        }
    }

    private void watched(HttpExchange exchange, String kind, int from) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        int told = from;
        try {
            while (!closed) {
                List<Event> fresh;
                synchronized (events) {
                    while (events.size() <= told && !closed && !chatty) {
                        events.wait();
                    }
                    if (chatty) {
                        events.wait(CHAT_MS);
                    }
                    fresh = List.copyOf(events.subList(told, events.size()));
                }
                told += fresh.size();
                for (Event event : fresh) {
                    if (event.kind().equals(kind) && !mute) {
                        toldByWatches.incrementAndGet();
                        exchange.getResponseBody().write(event.line().getBytes(StandardCharsets.UTF_8));
                    }
                }
                if (chatty) {
                    exchange.getResponseBody().write(OF_ANOTHER.getBytes(StandardCharsets.UTF_8));
                }
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void sendList(HttpExchange exchange, Collection<String> items) throws IOException {
        int version = events();
        send(
                exchange,
                200,
                "{\"metadata\": {\"resourceVersion\": \"%d\"}, \"items\": [%s]}"
                        .formatted(version, String.join(",", items)));
    }

    private static void sendOne(HttpExchange exchange, @Nullable String object) throws IOException {
        send(exchange, object == null ? 404 : 200, object == null ? NOT_FOUND : object);
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
