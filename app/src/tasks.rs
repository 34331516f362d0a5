//! Tasks of a visit: what is to be done, by when and by whom, and what is done.

pub mod form;
#[cfg(feature = "ssr")]
pub mod gather;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use form::{RemoveTaskForm, TakeTemplateForm, TaskForm, TickTaskForm};
pub use page::TasksPage;
pub use server_fns::{
    LoadTaskForm, LoadTasks, RemoveTask, SaveTask, TakeTemplate, TickTask, load_task_form, load_tasks, remove_task, save_task,
    take_template, tick_task,
};
pub use sheet::TaskPage;
pub use view::{TaskFormView, TasksView};
