package dev.artemis.access.web;

import dev.artemis.access.PassOnLinks;
import dev.artemis.access.People;
import dev.artemis.access.Person;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SecondFactors;
import dev.artemis.access.Users;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.UserId;
import dev.artemis.web.Required;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The platform's people, for its administrators. */
@RestController
@RequestMapping("/api/v1/admin/people")
class PeopleController {

    private final People people;
    private final PassOnLinks passOn;
    private final SecondFactors factors;
    private final Users users;

    PeopleController(People people, PassOnLinks passOn, SecondFactors factors, Users users) {
        this.users = users;
        this.passOn = passOn;
        this.people = people;
        this.factors = factors;
    }

    @GetMapping
    Page<PersonAnswer> all(Caller.Admin caller, @RequestParam(required = false) @Nullable String cursor) {
        return people.all(cursor).map(PersonAnswer::of);
    }

    /** The whole standing: what is left out is taken away. */
    @PutMapping("/{id}/standing")
    ResponseEntity<Void> put(Caller.Admin caller, @PathVariable String id, @RequestBody StandingBody body) {
        people.put(
                caller,
                userId(id),
                new People.Standing(body.platformRole(), Required.field("disabled", body.disabled())));
        return ResponseEntity.noContent().build();
    }

    /** A new way in for a person: by mail, or by the link in this answer, which is shown nowhere else. */
    @PostMapping("/{id}/link")
    PassedLink link(Caller.Admin caller, @PathVariable String id, Locale language) {
        return PassedLink.of(passOn.reset(caller, userId(id), Tongue.of(language)));
    }

    /** Gives another person a password: every session that they had is over, and every link that would give them another. */
    @PutMapping("/{id}/password")
    ResponseEntity<Void> setPassword(Caller.Admin caller, @PathVariable String id, @RequestBody PasswordBody body) {
        UserId person = userId(id);
        if (person.equals(caller.user())) {
            throw Problem.of(403, "missing-role", "One's own password is changed in a browser alone.");
        }
        users.setPassword(caller, person, Required.field("password", body.password()));
        return ResponseEntity.noContent().build();
    }

    /** For somebody who lost their device and their codes. */
    @DeleteMapping("/{id}/second-factor")
    ResponseEntity<Void> removeSecondFactor(Caller.Admin caller, @PathVariable String id) {
        factors.remove(caller, userId(id));
        return ResponseEntity.noContent().build();
    }

    private static UserId userId(String text) {
        try {
            return UserId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The person");
        }
    }

    record StandingBody(
            @Nullable PlatformRole platformRole, @Nullable Boolean disabled) {}

    /** Says no password of itself. */
    record PasswordBody(@Nullable String password) {

        @Override
        public String toString() {
            return "PasswordBody[]";
        }
    }

    record PersonAnswer(
            String id,
            String email,
            @Nullable PlatformRole platformRole,
            boolean disabled,
            OffsetDateTime since,
            boolean canSignIn,
            boolean secondFactor,
            long teams) {

        static PersonAnswer of(Person person) {
            return new PersonAnswer(
                    person.id().toString(),
                    person.email(),
                    person.platformRole(),
                    person.disabled(),
                    person.since().atOffset(ZoneOffset.UTC),
                    person.canSignIn(),
                    person.secondFactor(),
                    person.teams());
        }
    }
}
