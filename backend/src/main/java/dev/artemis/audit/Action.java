package dev.artemis.audit;

/** All that the audit log tells of: what was changed, and how. */
public enum Action {
    ACCESS_LINK_MADE("access-link.made"),
    ALERT_CHANNEL_CREATED("alert-channel.created"),
    ALERT_CHANNEL_PUT_BACK("alert-channel.put-back"),
    ALERT_CHANNEL_REMOVED("alert-channel.removed"),
    ALERT_DELIVERY_RETRIED("alert-delivery.retried"),
    BILL_RECONCILED("bill.reconciled"),
    BUDGET_CHANGED("budget.changed"),
    CHARGEBACK_SET("chargeback.set"),
    ENTRY_CORRECTED("entry.corrected"),
    KEY_CREATED("key.created"),
    KEY_REVOKED("key.revoked"),
    KEY_ROTATED("key.rotated"),
    MEMBER_PUT("member.put"),
    MEMBER_REMOVED("member.removed"),
    MONTH_CLOSED("month.closed"),
    PASSKEY_ADDED("passkey.added"),
    PASSKEY_REMOVED("passkey.removed"),
    PERSONAL_KEY_CREATED("personal-key.created"),
    PERSONAL_KEY_REVOKED("personal-key.revoked"),
    PRICE_ALIAS_PUT_BACK("price-alias.put-back"),
    PRICE_END_UNDONE("price.end-undone"),
    PRICE_ALIAS_REMOVED("price-alias.removed"),
    PRICE_ADDED("price.added"),
    PRICE_ENDED("price.ended"),
    PRICE_MARKED_FREE("price.marked-free"),
    PRICES_IMPORTED("prices.imported"),
    PROJECT_CHANGED("project.changed"),
    PROJECT_CREATED("project.created"),
    PROVIDER_KEY_ADDED("provider-key.added"),
    PROVIDER_KEY_CHECKED("provider-key.checked"),
    PROVIDER_KEY_REMOVED("provider-key.removed"),
    REPORT_DELETED("report.deleted"),
    REPORT_SAVED("report.saved"),
    REPORT_SENT_AGAIN("report.sent-again"),
    RESERVATION_RELEASED("reservation.released"),
    RUN_QUOTA_CHANGED("run-quota.changed"),
    RUN_CANCELLED("run.cancelled"),
    SECOND_FACTOR_BEGUN("second-factor.begun"),
    SECOND_FACTOR_OFF("second-factor.off"),
    SECOND_FACTOR_ON("second-factor.on"),
    SIGN_IN_FAILED("sign-in.failed"),
    SIGN_IN_LOCKED_OUT("sign-in.locked-out"),
    SIGN_IN_SUCCEEDED("sign-in.succeeded"),
    TENANT_CHANGED("tenant.changed"),
    TENANT_CREATED("tenant.created"),
    TENANT_DELETION_REQUESTED("tenant.deletion-requested"),
    TENANT_ERASED("tenant.erased"),
    USER_ADDED("user.added"),
    USER_PASSWORD_CHOSEN("user.password-chosen"),
    USER_PASSWORD_SET("user.password-set"),
    USER_SIGNED_OUT("user.signed-out"),
    USER_SIGNED_OUT_EVERYWHERE("user.signed-out-everywhere"),
    USER_STANDING("user.standing");

    private final String code;

    Action(String code) {
        this.code = code;
    }

    /** Subject and past participle, such as "project.created": so it is kept, and so the API says it. */
    @Override
    public String toString() {
        return code;
    }
}
