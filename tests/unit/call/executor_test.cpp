#include "call/executor.hpp"

#include "support/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace alpaca::broker::call {
namespace {

using test::Counter;
using test::Gate;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t kEnough = 100'000;

// The events so far, in order.
class Record {
 public:
  Executor::Task adding(std::string what) {
    return [this, what = std::move(what)] {
      const std::lock_guard lock(mutex_);
      texts_.push_back(what);
      count_.add();
    };
  }
  std::vector<std::string> texts() {
    const std::lock_guard lock(mutex_);
    return texts_;
  }
  bool waitFor(int count) { return count_.waitFor(count); }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
  Counter count_;
};

// Starts threads, and records who asked for them.
class Starts {
 public:
  Executor::StartThread starter() {
    return [this](std::function<void()> work) {
      const std::lock_guard lock(mutex_);
      by_.push_back(std::this_thread::get_id());
      return std::thread(std::move(work));
    };
  }
  std::vector<std::thread::id> by() {
    const std::lock_guard lock(mutex_);
    return by_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread::id> by_;
};

void expectAccepted(Executor& executor, Lane lane, Executor::Task task) {
  EXPECT_TRUE(executor.submit(lane, std::move(task)));
}

void expectRefused(const Result<Submitted>& submitted, ErrorKind kind, const char* reason) {
  ASSERT_FALSE(submitted);
  EXPECT_EQ(submitted.error().kind, kind);
  EXPECT_THAT(submitted.error().message, HasSubstr(reason));
}

TEST(Executor, RunsATaskOnAThreadOfItsOwn) {
  Executor executor(kEnough, 2);
  std::atomic<std::thread::id> ranOn{};
  Counter ran;
  expectAccepted(executor, Lane::Cancel, [&] {
    ranOn = std::this_thread::get_id();
    ran.add();
  });
  ASSERT_TRUE(ran.waitFor(1));
  EXPECT_NE(ranOn.load(), std::this_thread::get_id());
}

TEST(Executor, StartsNoThreadBeforeTheFirstTask) {
  Starts starts;
  Executor(kEnough, 4, starts.starter()).shutdown();
  EXPECT_TRUE(starts.by().empty());
}

TEST(Executor, StartsOnlyTheFirstThreadFromTheSubmittingOne) {
  Starts starts;
  Gate gate;
  Executor executor(kEnough, 4, starts.starter());
  for (int i = 0; i < 4; ++i) expectAccepted(executor, Lane::Cancel, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(4));
  const auto by = starts.by();
  ASSERT_EQ(by.size(), 4U);
  EXPECT_EQ(by[0], std::this_thread::get_id());
  for (std::size_t i = 1; i < by.size(); ++i) EXPECT_NE(by[i], std::this_thread::get_id());
  gate.open();
}

TEST(Executor, HasAThreadForATaskThatComesWhileAllOthersAreBusy) {
  Gate gate;
  Counter ran;
  Executor executor(kEnough, 2);
  expectAccepted(executor, Lane::Cancel, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(1));  // the task was alone in the queue when it was taken
  expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  EXPECT_TRUE(ran.waitFor(1));
  gate.open();
}

TEST(Executor, RunsCancelsBeforeReadsAndEachInOrder) {
  Gate gate;
  Record record;
  Executor executor(kEnough, 1);
  expectAccepted(executor, Lane::Read, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(1));
  expectAccepted(executor, Lane::Read, record.adding("read 1"));
  expectAccepted(executor, Lane::Cancel, record.adding("cancel 1"));
  expectAccepted(executor, Lane::Read, record.adding("read 2"));
  expectAccepted(executor, Lane::Cancel, record.adding("cancel 2"));
  gate.open();
  ASSERT_TRUE(record.waitFor(4));
  EXPECT_THAT(record.texts(), ElementsAre("cancel 1", "cancel 2", "read 1", "read 2"));
}

TEST(Executor, LeavesAThreadToTheCancels) {
  constexpr int kThreads = 3;
  Gate gate;
  Counter canceled;
  Executor executor(kEnough, kThreads);
  for (int i = 0; i < 2 * kThreads; ++i) expectAccepted(executor, Lane::Read, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(kThreads - 1));
  for (int i = 1; i <= 100; ++i) {  // enough times for its thread to look for other work in between
    expectAccepted(executor, Lane::Cancel, [&] { canceled.add(); });
    ASSERT_TRUE(canceled.waitFor(i));
  }
  gate.open();
  EXPECT_TRUE(gate.waitForArrivals(2 * kThreads));
}

TEST(Executor, TakesNoMoreThanItsCapacityOverBothLanes) {
  Gate gate;
  Counter ran;
  Executor executor(3, 1);
  expectAccepted(executor, Lane::Cancel, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(1));  // it has left the queue
  const auto task = [&] { ran.add(); };
  expectAccepted(executor, Lane::Read, task);
  expectAccepted(executor, Lane::Cancel, task);
  expectAccepted(executor, Lane::Read, task);
  expectRefused(executor.submit(Lane::Cancel, task), ErrorKind::NotSent, "queue of asynchronous calls is full (3)");
  expectRefused(executor.submit(Lane::Read, task), ErrorKind::NotSent, "queue of asynchronous calls is full (3)");
  gate.open();
  ASSERT_TRUE(ran.waitFor(3));
  executor.shutdown();
  EXPECT_EQ(ran.count(), 3);
}

TEST(Executor, RefusesATaskThatNoThreadCanBeStartedFor) {
  std::atomic<bool> noThreads{true};
  Counter ran;
  Executor executor(kEnough, 2, [&](std::function<void()> work) {
    if (noThreads) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(std::move(work));
  });
  expectRefused(executor.submit(Lane::Cancel, [&] { ran.add(); }), ErrorKind::NotSent, "No thread could be started");
  noThreads = false;
  expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  executor.shutdown();
  EXPECT_EQ(ran.count(), 1);
}

TEST(Executor, MakesDoWithTheThreadsItCouldStart) {
  std::atomic<int> started{0};
  Counter ran;
  Executor executor(kEnough, 8, [&](std::function<void()> work) {
    if (++started > 1) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(std::move(work));
  });
  for (int i = 0; i < 20; ++i) expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  EXPECT_TRUE(ran.waitFor(20));
}

// So no task has to start one: not the submitting thread, and not a worker.
TEST(Executor, PreparesAsManyThreadsAsAreAskedForAndAllowed) {
  Starts starts;
  Gate gate;
  Executor executor(kEnough, 3, starts.starter());
  EXPECT_EQ(executor.prepare(2), 0U);
  EXPECT_EQ(starts.by().size(), 2U);
  EXPECT_EQ(executor.prepare(2), 0U);
  EXPECT_EQ(starts.by().size(), 2U);
  EXPECT_EQ(executor.prepare(9), 0U);
  EXPECT_EQ(starts.by().size(), 3U);
  for (int i = 0; i < 3; ++i) expectAccepted(executor, Lane::Cancel, [&] { gate.pass(); });
  EXPECT_TRUE(gate.waitForArrivals(3));
  EXPECT_EQ(starts.by().size(), 3U);
  gate.open();
}

TEST(Executor, SaysHowManyThreadsItCouldNotPrepare) {
  std::atomic<int> started{0};
  Executor executor(kEnough, 8, [&](std::function<void()> work) {
    if (++started > 2) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(std::move(work));
  });
  EXPECT_EQ(executor.prepare(5), 3U);
  Counter ran;
  expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  EXPECT_TRUE(ran.waitFor(1));
  executor.shutdown();
  EXPECT_EQ(executor.prepare(1), 1U);
}

TEST(Executor, PreparesNoMoreThreadsThanAllowedWhileTasksStartSome) {
  Starts starts;
  Executor executor(kEnough, 4, starts.starter());
  Counter ran;
  std::thread preparing([&] { EXPECT_EQ(executor.prepare(4), 0U); });
  for (int i = 0; i < 100; ++i) expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  preparing.join();
  EXPECT_TRUE(ran.waitFor(100));
  executor.shutdown();
  EXPECT_LE(starts.by().size(), 4U);
}

TEST(Executor, RunsEveryTaskOfManySubmittersOnce) {
  constexpr std::size_t kSubmitters = 8;
  constexpr std::size_t kTasks = 2000;
  Starts starts;
  std::vector<std::atomic<int>> ran(kSubmitters * kTasks);
  Executor executor(kEnough, 4, starts.starter());
  std::vector<std::thread> submitters;
  submitters.reserve(kSubmitters);
  for (std::size_t submitter = 0; submitter < kSubmitters; ++submitter) {
    submitters.emplace_back([&, submitter] {
      for (std::size_t i = 0; i < kTasks; ++i) {
        auto& times = ran[submitter * kTasks + i];
        expectAccepted(executor, i % 3 == 0 ? Lane::Cancel : Lane::Read, [&times] { ++times; });
      }
    });
  }
  for (std::thread& submitter : submitters) submitter.join();
  executor.shutdown();
  for (const auto& times : ran) EXPECT_EQ(times, 1);
  EXPECT_LE(starts.by().size(), 4U);
}

TEST(Executor, RunsWhatWaitsBeforeItsEnd) {
  Gate gate;
  Counter ran;
  Executor executor(kEnough, 2);
  for (int i = 0; i < 2; ++i) expectAccepted(executor, Lane::Cancel, [&] { gate.pass(); });
  ASSERT_TRUE(gate.waitForArrivals(2));
  for (int i = 0; i < 10; ++i) expectAccepted(executor, i % 2 == 0 ? Lane::Cancel : Lane::Read, [&] { ran.add(); });
  std::thread opener([&] { gate.open(); });
  executor.shutdown();
  EXPECT_EQ(ran.count(), 10);
  expectRefused(executor.submit(Lane::Cancel, [&] { ran.add(); }), ErrorKind::Aborted, "being destroyed");
  executor.shutdown();
  EXPECT_EQ(ran.count(), 10);
  opener.join();
}

TEST(Executor, RunsWhatWaitsWhenOneOfItsTasksDestroysIt) {
  for (const std::size_t threads : {1U, 4U}) {
    auto executor = std::make_unique<Executor>(kEnough, threads);
    Gate gate;
    Counter ran;
    Counter destroyed;
    int ranBefore = 0;
    expectAccepted(*executor, Lane::Read, [&] {
      gate.pass();
      executor.reset();
      ranBefore = ran.count();
      destroyed.add();
    });
    ASSERT_TRUE(gate.waitForArrivals(1));
    for (int i = 0; i < 10; ++i) expectAccepted(*executor, i % 2 == 0 ? Lane::Cancel : Lane::Read, [&] { ran.add(); });
    gate.open();
    ASSERT_TRUE(destroyed.waitFor(1));
    EXPECT_EQ(ranBefore, 10);
  }
}

TEST(Executor, IsDestroyedByATaskThatHeldTheLastReferenceToIt) {
  Gate gate;
  Counter ran;
  Counter destroyed;
  std::shared_ptr<Executor> executor(new Executor(kEnough, 1), [&](Executor* last) {
    delete last;
    destroyed.add();
  });
  expectAccepted(*executor, Lane::Cancel, [&gate, executor] { gate.pass(); });
  expectAccepted(*executor, Lane::Cancel, [&ran] { ran.add(); });
  executor.reset();
  gate.open();
  ASSERT_TRUE(destroyed.waitFor(1));
  EXPECT_EQ(ran.count(), 1);
}

TEST(Executor, DropsWhatATaskHeldBeforeItWaitsForTheNext) {
  Executor executor(kEnough, 1);
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> watched = held;
  Counter ran;
  expectAccepted(executor, Lane::Cancel, [held = std::move(held)] {});
  expectAccepted(executor, Lane::Cancel, [&] { ran.add(); });
  ASSERT_TRUE(ran.waitFor(1));
  EXPECT_TRUE(watched.expired());
}

TEST(Executor, TakesWhatItsOwnTasksSubmit) {
  Record record;
  Executor executor(kEnough, 1);
  expectAccepted(executor, Lane::Cancel, [&] {
    expectAccepted(executor, Lane::Read, record.adding("read"));
    expectAccepted(executor, Lane::Cancel, record.adding("cancel"));
  });
  ASSERT_TRUE(record.waitFor(2));
  EXPECT_THAT(record.texts(), ElementsAre("cancel", "read"));
}

// --- the rest of a task ----------------------------------------------------------------------------------------------

using Clock = std::chrono::steady_clock;
const auto kNever = Clock::now() + std::chrono::hours(24);

TEST(RestOfATask, RunsWhenItIsDueTheEarliestFirst) {
  Record record;
  Executor executor(kEnough, 1);
  const auto now = Clock::now();
  expectAccepted(executor, Lane::Cancel, [&] {
    executor.continueAt(now + std::chrono::milliseconds(2), {}, record.adding("later"));
    executor.continueAt(now + std::chrono::milliseconds(1), {}, record.adding("sooner"));
    executor.continueAt(kNever, {}, record.adding("never"));
  });
  ASSERT_TRUE(record.waitFor(2));
  EXPECT_THAT(record.texts(), ElementsAre("sooner", "later"));
}

TEST(RestOfATask, HoldsNoThreadWhileItWaits) {
  Record record;
  Executor executor(kEnough, 1);
  expectAccepted(executor, Lane::Cancel, [&] { executor.continueAt(kNever, {}, record.adding("never")); });
  expectAccepted(executor, Lane::Cancel, record.adding("cancel"));
  expectAccepted(executor, Lane::Read, record.adding("read"));
  ASSERT_TRUE(record.waitFor(2));
  EXPECT_THAT(record.texts(), ElementsAre("cancel", "read"));
}

TEST(RestOfATask, RunsAtOnceAfterAStop) {
  Record record;
  StopSource source;
  Counter waiting;
  Executor executor(kEnough, 2);
  expectAccepted(executor, Lane::Cancel, [&] {
    executor.continueAt(kNever, source.token(), record.adding("stopped"));
    waiting.add();
  });
  ASSERT_TRUE(waiting.waitFor(1));
  source.requestStop();
  ASSERT_TRUE(record.waitFor(1));
  expectAccepted(executor, Lane::Cancel,
                 [&] { executor.continueAt(kNever, source.token(), record.adding("stopped before")); });
  ASSERT_TRUE(record.waitFor(2));
  EXPECT_THAT(record.texts(), ElementsAre("stopped", "stopped before"));
}

TEST(RestOfATask, RunsBeforeTheExecutorEnds) {
  Record record;
  {
    Executor executor(kEnough, 2);
    Counter waiting;
    expectAccepted(executor, Lane::Cancel, [&] {
      executor.continueAt(kNever, {}, [&] {
        record.adding("first")();
        executor.continueAt(kNever, {}, record.adding("second"));
      });
      waiting.add();
    });
    ASSERT_TRUE(waiting.waitFor(1));
  }
  EXPECT_THAT(record.texts(), ElementsAre("first", "second"));
}

TEST(RestOfATask, WaitsBehindCancelsAndLeavesThemAThread) {
  Gate gate;
  Record record;
  Executor executor(kEnough, 2);
  expectAccepted(executor, Lane::Read, [&] {
    executor.continueAt(Clock::now(), {}, [&] { gate.pass(); });
    executor.continueAt(Clock::now(), {}, record.adding("second rest"));
  });
  ASSERT_TRUE(gate.waitForArrivals(1));
  expectAccepted(executor, Lane::Cancel, record.adding("cancel"));
  ASSERT_TRUE(record.waitFor(1));
  gate.open();
  ASSERT_TRUE(record.waitFor(2));
  EXPECT_THAT(record.texts(), ElementsAre("cancel", "second rest"));
}

// Rests that are due again and again used to hold up every read.
TEST(RestOfATask, TakesTurnsWithReads) {
  Gate gate;
  Record record;
  Executor executor(kEnough, 1);
  expectAccepted(executor, Lane::Cancel, [&] {
    for (const char* rest : {"rest 1", "rest 2", "rest 3"}) executor.continueAt(Clock::now(), {}, record.adding(rest));
    gate.pass();
  });
  ASSERT_TRUE(gate.waitForArrivals(1));
  expectAccepted(executor, Lane::Read, record.adding("read 1"));
  expectAccepted(executor, Lane::Read, record.adding("read 2"));
  gate.open();
  ASSERT_TRUE(record.waitFor(5));
  const auto texts = record.texts();
  const auto place = [&](const char* text) { return std::find(texts.begin(), texts.end(), text) - texts.begin(); };
  EXPECT_LE(place("read 1"), 1);
  EXPECT_LE(place("read 2"), 3);
}

TEST(RestOfATask, TakesNoPlaceInTheQueue) {
  Counter waiting;
  Record record;
  Executor executor(1, 1);
  for (int i = 0; i < 3; ++i) {
    expectAccepted(executor, Lane::Cancel, [&] {
      executor.continueAt(kNever, {}, record.adding("rest"));
      waiting.add();
    });
    ASSERT_TRUE(waiting.waitFor(i + 1));
  }
  executor.shutdown();
  EXPECT_EQ(record.texts().size(), 3U);
}

// Every rest runs once, whoever stops it and whenever.
TEST(RestOfATask, RunsOnceUnderStopsFromManyThreads) {
  constexpr int kRests = 300;
  std::vector<StopSource> sources(kRests);
  Counter ran;
  Executor executor(kEnough, 4);
  for (StopSource& source : sources) {
    expectAccepted(executor, Lane::Cancel, [&] {
      executor.continueAt(Clock::now() + std::chrono::milliseconds(1), source.token(), [&] { ran.add(); });
    });
  }
  std::thread stopper([&] {
    for (StopSource& source : sources) source.requestStop();
  });
  EXPECT_TRUE(ran.waitFor(kRests));
  stopper.join();
  executor.shutdown();
  EXPECT_EQ(ran.count(), kRests);
}

}  // namespace
}  // namespace alpaca::broker::call
