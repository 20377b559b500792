package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.Role;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Who belongs to a team, and as what. A team never loses its last owner. */
@Service
public class Members {

    private static final String COLUMNS = """
            select u.user_id, u.email, m.role, m.created_at, door.needs_invitation(u.user_id) as needs_invitation
            from memberships m join users u using (user_id)
            """;

    private final JdbcClient jdbc;
    private final Users users;
    private final AuthenticateKey authenticate;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final Clock clock;

    Members(
            JdbcClient jdbc,
            Users users,
            AuthenticateKey authenticate,
            Audit audit,
            TenantTransactions transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.users = users;
        this.authenticate = authenticate;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All members, by e-mail. */
    public List<Member> all(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql(COLUMNS + "order by lower(u.email)")
                        .query((row, number) -> new Member(
                                new UserId(row.getObject("user_id", UUID.class)),
                                row.getString("email"),
                                Role.valueOf(row.getString("role")),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getBoolean("needs_invitation")))
                        .list());
    }

    /** The person of that e-mail, known to the platform from now on, to be made a member. */
    public UserId person(Caller by, String email) {
        return users.addOrFind(by, email);
    }

    /**
     * Makes a person a member, or gives a member another role.
     *
     * @throws Problem 409 {@code last-owner}
     */
    public Member put(Caller by, TenantId tenant, UserId user, Role role) {
        Right.CHANGE_MEMBERS.require(by, tenant);
        return put(by, tenant, user, role, GivenBy.PEOPLE);
    }

    /**
     * Makes a person a member who is none yet.
     *
     * @throws Problem 409 {@code member-exists}: their role is as it was
     */
    public Member add(Caller by, TenantId tenant, UserId user, Role role) {
        Right.CHANGE_MEMBERS.require(by, tenant);
        return transactions.inTenant(tenant, () -> {
            if (find(locked(tenant), user).isPresent()) {
                throw Problem.of(409, "member-exists", "This person is a member already.");
            }
            return put(by, tenant, user, role, GivenBy.PEOPLE);
        });
    }

    /**
     * Takes one's own change of a member back, unless somebody else changed them since.
     *
     * @param before as they were
     * @param left the role that one left them with; empty: they were removed
     * @throws Problem 409 {@code member-changed}; 409 {@code last-owner}
     */
    public Member putBack(Caller by, TenantId tenant, Member before, Optional<Role> left) {
        Right.CHANGE_MEMBERS.require(by, tenant);
        return transactions.inTenant(tenant, () -> {
            if (!find(locked(tenant), before.user()).map(Member::role).equals(left)) {
                throw Problem.of(
                        409, "member-changed", "Somebody else changed this member meanwhile: look at them again.");
            }
            return put(by, tenant, before.user(), before.role(), GivenBy.PEOPLE);
        });
    }

    /** Those of a person that the directory gave. */
    List<TenantId> byDirectory(UserId user) {
        return transactions.acrossTenants(() -> jdbc.sql("select tenant_id from door.teams_by_directory(:user)")
                .param("user", user.value())
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .list());
    }

    /**
     * The same by whomever.
     *
     * @throws Problem 409 {@code last-owner}
     */
    Member put(Caller by, TenantId tenant, UserId user, Role role, GivenBy givenBy) {
        Instant now = clock.instant();
        return transactions.inTenant(tenant, () -> {
            List<Member> before = locked(tenant);
            Optional<Member> old = find(before, user);
            if (role != Role.OWNER) {
                old.ifPresent(member -> refuseIfLastOwner(before, member));
            }
            jdbc.sql("""
                            insert into memberships (tenant_id, user_id, role, given_by, created_at)
                            values (:tenant, :user, :role, :by, :at)
                            on conflict (tenant_id, user_id)
                            do update set role = excluded.role, given_by = excluded.given_by""")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .param("role", role.name())
                    .param("by", givenBy.name())
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .update();
            Member member = find(all(tenant), user).orElseThrow();
            audit.record(
                    by,
                    new Change(
                            Action.MEMBER_PUT,
                            tenant,
                            member.email(),
                            old.map(Member::role).orElse(null),
                            role));
            AfterCommit.run(authenticate::forgetAll);
            return member;
        });
    }

    /**
     * Takes a member out of the team.
     *
     * @throws Problem 404 for no such member; 409 {@code last-owner}
     */
    public void remove(Caller by, TenantId tenant, UserId user) {
        Right.CHANGE_MEMBERS.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            List<Member> before = locked(tenant);
            Member member = find(before, user).orElseThrow(() -> Problem.notFound("The member"));
            refuseIfLastOwner(before, member);
            jdbc.sql("delete from memberships where tenant_id = :tenant and user_id = :user")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .update();
            audit.record(by, new Change(Action.MEMBER_REMOVED, tenant, member.email(), member.role(), null));
            users.endSessionsInThis(user);
            AfterCommit.run(authenticate::forgetAll);
        });
    }

    /** Two owners who leave at once would each see the other: changes of a team's members queue on the team's row. */
    private List<Member> locked(TenantId tenant) {
        Optional<UUID> team = jdbc.sql("select tenant_id from tenants where tenant_id = :tenant for update")
                .param("tenant", tenant.value())
                .query(UUID.class)
                .optional();
        if (team.isEmpty()) {
            throw Problem.notFound("The team");
        }
        return all(tenant);
    }

    private static void refuseIfLastOwner(List<Member> all, Member leaving) {
        boolean others = all.stream()
                .anyMatch(
                        member -> member.role() == Role.OWNER && !member.user().equals(leaving.user()));
        if (leaving.role() == Role.OWNER && !others) {
            throw Problem.of(409, "last-owner", "A team keeps at least one owner: name another one first.");
        }
    }

    private static Optional<Member> find(List<Member> all, UserId user) {
        return all.stream().filter(member -> member.user().equals(user)).findFirst();
    }
}
