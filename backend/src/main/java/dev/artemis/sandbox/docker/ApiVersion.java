package dev.artemis.sandbox.docker;

/** Which version of the engine's API is spoken. An engine speaks its own and older ones, down to one that it names. */
final class ApiVersion {

    /** Of Docker 20.10. */
    private static final String OURS = "1.41";

    private ApiVersion() {}

    /** Ours, unless the engine is too new for it; an engine that is older than ours is refused. */
    static String agreed(String newest, String oldest) {
        if (minor(newest) < minor(OURS)) {
            throw new EngineFault(
                    EngineFault.UNREACHABLE, "the engine speaks API " + newest + ", too old: Docker 20.10 is needed");
        }
        return minor(oldest) > minor(OURS) ? oldest : OURS;
    }

    private static int minor(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length == 2 && parts[0].equals("1") && parts[1].matches("\\d{1,4}")
                ? Integer.parseInt(parts[1])
                : 0;
    }
}
