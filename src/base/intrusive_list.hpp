#pragma once

namespace alpaca::broker::base {

/// A list whose members contain their own links. Joining and leaving take constant time, allocate nothing and cannot
/// fail. A member derives from `IntrusiveList<Member>::Link`, and must leave the list before it is destroyed.
template <class Member>
class IntrusiveList {
 public:
  class Link {
   public:
    /// Leaves the list. The member must be in one.
    void unlink() const noexcept {
      previous_->next_ = next_;
      next_->previous_ = previous_;
    }

   private:
    friend class IntrusiveList;
    Link* previous_ = nullptr;
    Link* next_ = nullptr;
  };

  IntrusiveList() noexcept { ends_.previous_ = ends_.next_ = &ends_; }
  ~IntrusiveList() = default;
  IntrusiveList(const IntrusiveList&) = delete;
  IntrusiveList& operator=(const IntrusiveList&) = delete;

  [[nodiscard]] bool empty() const noexcept { return ends_.next_ == &ends_; }

  /// The member that joined first. The list must not be empty.
  // guard: the longest-waiting call gets the next connection
  [[nodiscard]] Member& front() noexcept { return memberOf(*ends_.next_); }

  void join(Member& member) noexcept {
    Link& link = member;
    link.previous_ = ends_.previous_;
    link.next_ = &ends_;
    ends_.previous_->next_ = &link;
    ends_.previous_ = &link;
  }

  /// Visits the members in the order in which they joined.
  template <class Action>
  void forEach(Action action) {
    for (Link* link = ends_.next_; link != &ends_; link = link->next_) action(memberOf(*link));
  }

 private:
  static Member& memberOf(Link& link) noexcept { return static_cast<Member&>(link); }

  Link ends_;
};

}  // namespace alpaca::broker::base
