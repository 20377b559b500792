package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gathers what waits for one tenant's till and admits it in one transaction. A lone caller waits for nothing and does its
 * own work: a batch is whatever has arrived while the one before it was being committed. Callers get their answer after the commit. See
 * ADR-0003.
 */
@Component
class GroupCommit implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** Orders in one transaction: beyond this a batch gets slower, not better. */
    private static final int MOST_ORDERS = 1_000;

    /** Callers that may wait for one tenant; the next is told to come back. */
    private static final int MOST_WAITING = 20_000;

    /** A deadlock or a serialization failure has changed nothing, so the batch may simply be tried again. */
    private static final int TRIES = 5;

    /**
     * Transactions at one time, in the order of asking; those that wait meanwhile gather. More are no faster, and the pool
     * of connections is not fair: measured, with 64 callers of 50 tenants on 20 connections some waited four seconds.
     */
    private static final int MOST_AT_ONCE = 8;

    private static final int DRAIN_SECONDS = 20;

    /** A caller that waits longer is told that nothing is known; its call may still be recorded. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ConcurrentHashMap<TenantId, Lane> lanes = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("money-", 0).factory());
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final AdmitOrders admitOrders;
    private final TenantTransactions transactions;

    GroupCommit(AdmitOrders admitOrders, TenantTransactions transactions) {
        this.admitOrders = admitOrders;
        this.transactions = transactions;
    }

    private record Waiting(Submission submission, CompletableFuture<List<Admission>> answer) {}

    /** One tenant's queue; at most one thread serves it. */
    private final class Lane {
        private final TenantId tenant;
        private final ReentrantLock lock = new ReentrantLock();
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private boolean served;

        Lane(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Takes a caller in. Where nobody is served its own thread does the work: handing it over costs more than it. */
        void join(Waiting caller) {
            if (enqueue(caller)) {
                try {
                    commitAndGoOn();
                } finally {
                    handOver();
                }
            }
        }

        /** Whether the caller's thread is to serve. */
        private boolean enqueue(Waiting caller) {
            boolean mayServe = !TransactionSynchronizationManager.isActualTransactionActive();
            lock.lock();
            try {
                if (waiting.size() >= MOST_WAITING) {
                    throw overloaded();
                }
                boolean serves = !served && mayServe && !workers.isShutdown();
                if (!served && !serves) {
                    workers.execute(this::serve);
                }
                served = true;
                waiting.add(caller);
                return serves;
            } catch (RejectedExecutionException e) {
                throw Problem.of(503, "shutting-down", "This server is stopping; ask another, or try again.");
            } finally {
                lock.unlock();
            }
        }

        /** Whoever came meanwhile is served by a worker: the first caller has its answer and goes. */
        private void handOver() {
            if (isServed()) {
                try {
                    workers.execute(this::serve);
                } catch (RejectedExecutionException e) {
                    // the server stops: those who wait already are served all the same
                    serve();
                }
            }
        }

        private void serve() {
            while (isServed()) {
                commitAndGoOn();
            }
        }

        /** Whether somebody waits, and so must be served; whoever comes next serves itself if not. */
        private boolean isServed() {
            lock.lock();
            try {
                served = !waiting.isEmpty();
                return served;
            } finally {
                lock.unlock();
            }
        }

        /** An error of one batch must not leave the queue without a server. */
        private void commitAndGoOn() {
            boolean turn = turn();
            List<Waiting> batch = next();
            try {
                if (turn) {
                    commit(tenant, batch);
                } else {
                    batch.forEach(caller -> caller.answer().completeExceptionally(overloaded()));
                }
            } catch (Error e) {
                log.error("A batch of {} submissions met an error, tenant={}", batch.size(), tenant, e);
            } finally {
                if (turn) {
                    turns.release();
                }
            }
        }

        private boolean turn() {
            try {
                return turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private List<Waiting> next() {
            lock.lock();
            try {
                List<Waiting> batch = new ArrayList<>();
                int orders = 0;
                while (!waiting.isEmpty() && orders < MOST_ORDERS) {
                    Waiting caller = waiting.remove();
                    batch.add(caller);
                    orders += caller.submission().orders().size();
                }
                return batch;
            } finally {
                lock.unlock();
            }
        }
    }

    private static Problem overloaded() {
        return Problem.of(503, "overloaded", "Too many calls of this team wait; try again in a moment.");
    }

    /**
     * Admits a submission together with whatever else waits, and returns after the commit.
     *
     * @throws Problem 503: too many wait, or it is not known whether the database kept it: repeat it under its
     *     idempotency key
     */
    List<Admission> admit(TenantId tenant, Submission submission) {
        var caller = new Waiting(submission, new CompletableFuture<>());
        lanes.computeIfAbsent(tenant, Lane::new).join(caller);
        try {
            return caller.answer().get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw CommitFailure.notKnown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommitFailure.notKnown();
        }
    }

    private void commit(TenantId tenant, List<Waiting> batch) {
        AdmitOrders.Admitted admitted;
        try {
            admitted = committed(tenant, batch);
        } catch (RuntimeException e) {
            oneByOne(tenant, batch, e);
            return;
        } catch (Error e) {
            // whoever waits must learn of it: nobody else would
            batch.forEach(caller -> caller.answer().completeExceptionally(e));
            throw e;
        }
        try {
            admitOrders.tell(tenant, admitted);
        } finally {
            for (int n = 0; n < batch.size(); n++) {
                batch.get(n).answer().complete(admitted.answers().get(n));
            }
        }
    }

    /** What one of them makes fail must not fail its neighbours. */
    private void oneByOne(TenantId tenant, List<Waiting> batch, RuntimeException failure) {
        if (batch.size() == 1 || CommitFailure.of(failure).isUnknown()) {
            batch.forEach(caller -> caller.answer()
                    .completeExceptionally(CommitFailure.of(failure).answer()));
            return;
        }
        log.warn("A batch of {} submissions failed and is tried one by one, tenant={}", batch.size(), tenant, failure);
        for (Waiting caller : batch) {
            commit(tenant, List.of(caller));
        }
    }

    private AdmitOrders.Admitted committed(TenantId tenant, List<Waiting> batch) {
        List<Submission> submissions = batch.stream().map(Waiting::submission).toList();
        for (int tried = 1; ; tried++) {
            try {
                return transactions.inTenantBySql(tenant, () -> admitOrders.admitAndCommit(tenant, submissions));
            } catch (PessimisticLockingFailureException e) {
                if (tried == TRIES) {
                    throw e;
                }
                log.info("Batch is tried again after a lock failure, tenant={} try={}", tenant, tried);
            }
        }
    }

    /** Lets what waits finish: its callers hang on it. */
    @Override
    public void destroy() throws InterruptedException {
        workers.shutdown();
        if (!workers.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            log.warn("Money writes still waited after {} s and were given up", DRAIN_SECONDS);
        }
    }
}
