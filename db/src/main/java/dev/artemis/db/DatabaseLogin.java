package dev.artemis.db;

/**
 * One way into the database.
 *
 * @param url a JDBC URL of PostgreSQL without credentials
 * @param username the role that signs in
 * @param password its password; never printed
 */
public record DatabaseLogin(String url, String username, String password) {

    @Override
    public String toString() {
        return username + "@" + url;
    }
}
