package dev.artemis.persistence;

/**
 * Brings the database of {@code ARTEMIS_DATABASE_URL} up to date and ends: exit code 0, or 1 and the reason. For a Job that runs before
 * the servers of a new version start; each of them would do the same.
 */
public final class MigrateDatabase {

    private MigrateDatabase() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        String url = System.getenv("ARTEMIS_DATABASE_URL");
        try {
            DatabaseAddress address = DatabaseAddress.parse(url == null ? "" : url);
            address.database().migrate();
            System.out.println("The schema of " + address.owner() + " is up to date.");
        } catch (RuntimeException e) {
            System.err.println("The schema is not up to date: " + e.getMessage());
            System.exit(1);
        }
    }
}
