package dev.artemis.ui;

import dev.artemis.shared.RunId;
import dev.artemis.shared.Slug;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages are. Selection is part of the path, filters are the query. */
public final class Paths {

    public static final String SIGN_IN = "sign-in";
    public static final String SIGN_IN_CODE = "sign-in/code";

    /** Where the door's form goes: another path than the door's own, on which Vaadin lets forged requests through. */
    static final String SIGN_IN_FORM = "sign-in/form";

    public static final String ACCOUNT = "account";
    public static final String ADMIN_PEOPLE = "admin/people";
    public static final String ADMIN_TEAMS = "admin/teams";
    public static final String ADMIN_HEALTH = "admin/health";
    public static final String ADMIN_PRICES = "admin/prices";
    public static final String ADMIN_AUDIT = "admin/audit";

    public static final String ALL_COSTS = "admin/costs";
    public static final String ALL_BILLS = "admin/reconciliation";

    private Paths() {}

    public static String dashboard(Slug team) {
        return "teams/" + team;
    }

    public static String projects(Slug team) {
        return dashboard(team) + "/projects";
    }

    public static String project(Slug team, Slug project) {
        return projects(team) + "/" + project;
    }

    public static String runs(Slug team) {
        return dashboard(team) + "/runs";
    }

    public static String runs(Slug team, Slug project) {
        return runs(team) + "?project=" + project;
    }

    /** Runs of all projects with one filter, such as "status". */
    public static String runs(Slug team, String filter, String value) {
        return runs(team) + "?" + filter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Runs of a project with one filter, such as "stage". */
    public static String runs(Slug team, Slug project, String filter, String value) {
        return runs(team, project) + "&" + filter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    public static String run(Slug team, Slug project, RunId run) {
        return project(team, project) + "/runs/" + run;
    }

    public static String submit(Slug team) {
        return dashboard(team) + "/submit";
    }

    public static String submit(Slug team, Slug project) {
        return submit(team) + "?project=" + project;
    }

    public static String costs(Slug team) {
        return dashboard(team) + "/costs";
    }

    /** The single entries that costs are made of. */
    public static String calls(Slug team) {
        return dashboard(team) + "/calls";
    }

    /** What is held for calls and runs: what budgets have reserved. */
    public static String reservations(Slug team) {
        return dashboard(team) + "/reservations";
    }

    public static String reservations(Slug team, Slug project) {
        return reservations(team) + "?project=" + project;
    }

    public static String statements(Slug team) {
        return dashboard(team) + "/statements";
    }

    public static String reconciliation(Slug team) {
        return dashboard(team) + "/reconciliation";
    }

    public static String savedReports(Slug team) {
        return dashboard(team) + "/reports";
    }

    public static String budgets(Slug team) {
        return dashboard(team) + "/budgets";
    }

    public static String alerts(Slug team) {
        return dashboard(team) + "/alerts";
    }

    public static String members(Slug team) {
        return dashboard(team) + "/members";
    }

    public static String providerKeys(Slug team) {
        return dashboard(team) + "/provider-keys";
    }

    public static String audit(Slug team) {
        return dashboard(team) + "/audit";
    }
}
