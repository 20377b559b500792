package dev.artemis.reports;

/** How texts of lines are sorted. */
public enum TextOrder {
    /** By code points: the same on every database, for ever. */
    CODE_POINTS(" collate \"C\""),
    /** As the database sorts: by the language it was made in, and by the version of its rules. */
    DATABASE("");

    private final String sql;

    TextOrder(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
