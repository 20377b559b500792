/** The REST edge of reports: entries, costs, exports, statistics. */
@NullMarked
package dev.artemis.reports.web;

import org.jspecify.annotations.NullMarked;
