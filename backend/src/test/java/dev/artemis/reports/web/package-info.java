/** Tests of the REST edge of reports. */
@NullMarked
package dev.artemis.reports.web;

import org.jspecify.annotations.NullMarked;
