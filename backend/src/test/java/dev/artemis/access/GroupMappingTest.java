package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupMappingTest {

    @Test
    void groupsBecomeRolesAndTheMightiestCounts() {
        GroupMapping mapping = GroupMapping.parse(
                "builders=shop:DEVELOPER, leads=shop:OWNER, cn=money,ou=x=shop:FINANCE".replace(",ou", " ou")
                        + ", builders=lab:VIEWER, roots=*:ADMIN, money=*:FINANCE");

        assertThat(mapping.rolesOf(List.of("builders", "leads")))
                .isEqualTo(java.util.Map.of("shop", Role.OWNER, "lab", Role.VIEWER));
        assertThat(mapping.rolesOf(List.of("choir"))).isEmpty();
        assertThat(mapping.rolesOf(List.of("cn=money ou=x"))).isEqualTo(java.util.Map.of("shop", Role.FINANCE));
        assertThat(mapping.standingOf(List.of("money", "roots"))).contains(PlatformRole.ADMIN);
        assertThat(mapping.standingOf(List.of("money"))).contains(PlatformRole.FINANCE);
        assertThat(mapping.standingOf(List.of("builders"))).isEmpty();
        assertThat(mapping.mapped()).containsExactly(new Slug("shop"), new Slug("lab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"builders", "builders=shop", "builders=shop:COOK", "=shop:OWNER", "a=No Slug:OWNER", "a=*:OWNER"
            })
    void whatIsNoMappingIsNamed(String text) {
        assertThatThrownBy(() -> GroupMapping.parse("good=shop:OWNER," + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
