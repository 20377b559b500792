package dev.artemis.exports;

/** Whether a file shows what a team is charged beside what it cost. */
public enum ChargebackColumns {
    /** Cost alone. */
    LEFT_OUT,
    /** Two more columns at the end: the mark-up or discount, and the sum that is charged. Cost stays as it is. */
    SHOWN
}
