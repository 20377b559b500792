package dev.artemis.access.web;

import dev.artemis.access.Member;
import dev.artemis.access.Members;
import dev.artemis.access.PassOnLinks;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.web.Required;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/members")
class MembersController {

    private final Members members;
    private final PassOnLinks passOn;
    private final Idempotency idempotency;

    MembersController(Members members, PassOnLinks passOn, Idempotency idempotency) {
        this.passOn = passOn;
        this.members = members;
        this.idempotency = idempotency;
    }

    /** The person need not be known yet; who is a member already gets the role. */
    @PostMapping
    @RequiresRight(Right.CHANGE_MEMBERS)
    ResponseEntity<?> put(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @PathVariable Slug tenant,
            @RequestBody NewMember body) {
        String email = Required.field("email", body.email());
        Role role = Required.field("role", body.role());
        UserId person = members.person(caller, email);
        return idempotency.once(caller.tenant(), request, () -> {
            MemberAnswer answer = MemberAnswer.of(members.put(caller, caller.tenant(), person, role));
            return ResponseEntity.created(URI.create("/api/v1/admin/tenants/" + tenant + "/members/" + answer.id()))
                    .body(answer);
        });
    }

    @GetMapping
    Page<MemberAnswer> all(Caller.ForTenant caller) {
        return Page.whole(members.all(caller.tenant())).map(MemberAnswer::of);
    }

    /**
     * Invites a member who cannot sign in yet to choose a password: by mail, or by the link in an administrator's answer, which is
     * shown nowhere else.
     *
     * <p>409 {@code can-sign-in}: whoever can sign in already is helped by an administrator of the platform. 409 {@code no-mail}:
     * no letter goes out, and only an administrator is given the link.
     */
    @PostMapping("/{id}/invitation")
    @RequiresRight(Right.CHANGE_MEMBERS)
    PassedLink invite(Caller.ForTenant caller, @PathVariable String id, Locale language) {
        UserId person = userId(id);
        if (members.all(caller.tenant()).stream().noneMatch(each -> each.user().equals(person))) {
            throw Problem.notFound("The member");
        }
        return PassedLink.of(passOn.invite(caller, person, Tongue.of(language)));
    }

    @DeleteMapping("/{id}")
    @RequiresRight(Right.CHANGE_MEMBERS)
    ResponseEntity<Void> remove(Caller.ForTenant caller, @PathVariable String id) {
        members.remove(caller, caller.tenant(), userId(id));
        return ResponseEntity.noContent().build();
    }

    private static UserId userId(String text) {
        try {
            return UserId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The member");
        }
    }

    record NewMember(@Nullable String email, @Nullable Role role) {}

    record MemberAnswer(String id, String email, Role role, OffsetDateTime since) {

        static MemberAnswer of(Member member) {
            return new MemberAnswer(
                    member.user().toString(),
                    member.email(),
                    member.role(),
                    member.since().atOffset(ZoneOffset.UTC));
        }
    }
}
