package dev.artemis.access;

import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which group of a company's directory is what here: {@code group=team:ROLE}. Of several roles in a team, the mightiest. */
record GroupMapping(List<InTeam> teams, List<OnPlatform> platform) {

    private static final String FORM = "group=team:ROLE, or group=*:ADMIN";

    record InTeam(String group, Slug team, Role role) {}

    record OnPlatform(String group, PlatformRole role) {}

    /**
     * Reads a list with commas.
     *
     * @throws IllegalArgumentException one is none; the message names it
     */
    static GroupMapping parse(String list) {
        List<InTeam> teams = new ArrayList<>();
        List<OnPlatform> platform = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            if (text.isBlank()) {
                continue;
            }
            int equals = text.lastIndexOf('=');
            int colon = text.lastIndexOf(':');
            if (equals < 1 || colon < equals) {
                throw new IllegalArgumentException("\"" + text.strip() + "\" is not of the form " + FORM);
            }
            String group = text.substring(0, equals).strip();
            String team = text.substring(equals + 1, colon).strip();
            String role = text.substring(colon + 1).strip();
            try {
                if (team.equals("*")) {
                    platform.add(new OnPlatform(group, PlatformRole.valueOf(role)));
                } else {
                    teams.add(new InTeam(group, new Slug(team), Role.valueOf(role)));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + text.strip() + "\" is not of the form " + FORM);
            }
        }
        return new GroupMapping(List.copyOf(teams), List.copyOf(platform));
    }

    /** What somebody with these groups is in each team that is mapped. */
    Map<String, Role> rolesOf(Collection<String> groups) {
        Map<String, Role> roles = new TreeMap<>();
        teams.stream()
                .filter(each -> groups.contains(each.group()))
                .forEach(each -> roles.merge(each.team().value(), each.role(), (a, b) -> might(a) <= might(b) ? a : b));
        return roles;
    }

    /** What somebody with these groups is on the platform. */
    Optional<PlatformRole> standingOf(Collection<String> groups) {
        List<PlatformRole> roles = platform.stream()
                .filter(each -> groups.contains(each.group()))
                .map(OnPlatform::role)
                .toList();
        return roles.contains(PlatformRole.ADMIN)
                ? Optional.of(PlatformRole.ADMIN)
                : roles.stream().findFirst();
    }

    /** The teams that the directory decides about. */
    List<Slug> mapped() {
        return teams.stream().map(InTeam::team).distinct().toList();
    }

    private static int might(Role role) {
        return switch (role) {
            case OWNER -> 0;
            case DEVELOPER -> 1;
            case FINANCE -> 2;
            case VIEWER -> 3;
        };
    }
}
